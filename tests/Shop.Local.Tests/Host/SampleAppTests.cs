using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using SampleApp;

namespace Shop.Local.Tests.Host;

/// <summary>What the Functions host does with any app, whichever way this host calls it: with an app that only these tests know.</summary>
public abstract class SampleAppTests(SampleHost running)
{
    private protected SampleHost Running => running;

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/items/7", HttpStatusCode.OK, "number 7")]
    [InlineData("api/items/seven", HttpStatusCode.OK, "name seven")]
    // Disabled, it keeps its route: nobody else answers in its place.
    [InlineData("api/items/off", HttpStatusCode.NotFound, "")]
    [InlineData("api/elsewhere", HttpStatusCode.NotFound, "")]
    [InlineData("api/order", HttpStatusCode.OK, "first in, second in, function, second out, first out, result")]
    [InlineData("api/nothing", HttpStatusCode.OK, "")]
    [InlineData("api/throws", HttpStatusCode.InternalServerError, "")]
    public async Task A_path_is_answered_by_its_function(string path, HttpStatusCode status, string body)
    {
        using var answer = await running.Http.GetAsync(path, Stop);

        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)).ShouldBe((status, body));
    }

    [Theory]
    [InlineData("""{ "NAME": "rack", "units": 42 }""", HttpStatusCode.OK, "rack 42")]
    [InlineData("""{ "name": """, HttpStatusCode.InternalServerError, "")]
    public async Task A_body_is_bound_from_json(string text, HttpStatusCode status, string answered)
    {
        using var answer = await running.Http.PostAsync("api/body", new StringContent(text, Encoding.UTF8, "application/json"), Stop);

        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)).ShouldBe((status, answered));
    }

    [Fact]
    public async Task Messages_are_run_and_those_that_keep_failing_set_aside()
    {
        await running.Queue.SendMessageAsync("good", Stop);
        await running.Queue.SendMessageAsync("bad", Stop);

        (await running.Host.DrainQueuesAsync(Stop)).ShouldBe(3);

        (await running.Http.GetStringAsync("api/received", Stop)).ShouldBe("good 1, bad 1, bad 2");
        (await running.Poison.PeekMessageAsync(Stop)).Value.Body.ToString().ShouldBe("bad");
    }

    [Fact]
    public async Task A_timer_is_told_when_it_is_due_next()
    {
        var told = running.Log.NextAsync(line => line.Message.StartsWith("past due", StringComparison.Ordinal));

        await running.Host.InvokeAsync("SampleNightly", null, Stop);

        (await told).Message.ShouldBe("past due False, next at 03:00:00");
    }

    [Fact]
    public async Task What_a_function_logs_keeps_its_category_its_level_and_its_exception()
    {
        var last = running.Log.NextAsync(line => line.Message == "failure");

        (await running.Http.GetAsync("api/log", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await last).Exception.ShouldNotBeNull().ShouldContain("because");

        running.Log.Lines.Where(line => line is { Category: "SampleApp.HttpFunctions", Message: "ordinary" or "attention" or "failure" })
            .Select(line => (line.Message, line.Level)).ShouldBe([("ordinary", LogLevel.Information), ("attention", LogLevel.Warning), ("failure", LogLevel.Error)]);
    }

    [Fact]
    public async Task A_run_is_cancelled_when_its_client_leaves()
    {
        var (waiting, cancelled) = (running.Log.NextAsync(line => line.Message == "waiting"), running.Log.NextAsync(line => line.Message == "cancelled"));
        using var leaving = new CancellationTokenSource();
        var call = running.Http.GetAsync("api/wait", leaving.Token);
        await waiting;

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await cancelled;
    }
}

/// <summary>In a process of its own: what there is no wire for in this one.</summary>
public sealed class SampleWorkerTests(SampleWorker running, StorageFixture storage) : SampleAppTests(running), IClassFixture<SampleWorker>
{
    /// <summary>A worker that is asked to end says so itself; one that is killed, after the grace of ten minutes, does not.</summary>
    [Fact]
    public async Task A_host_that_ends_has_its_worker_end_by_itself()
    {
        await using var own = new SampleWorker(storage);
        await own.InitializeAsync();

        await own.Host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, Stop);

        own.Log.Lines.ShouldContain(line => line.Message.EndsWith(Sample.LastWords, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_runs_for_longer_than_host_json_allows_fails_and_its_process_is_replaced()
    {
        var before = Running.Host.AppProcessId;
        var waiting = Running.Log.NextAsync(line => line.Message == "waiting");
        var call = Running.Http.GetAsync("api/wait", Stop);
        await waiting;
        // The front end's, and that of the run.
        await Running.FrontEnd.AlarmsAsync(2, Stop);

        Running.FrontEnd.Advance(TimeSpan.FromMinutes(2));

        (await call).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await Running.Http.GetStringAsync("api/items/7", Stop)).ShouldBe("number 7");
        Running.Host.AppProcessId.ShouldNotBe(before);
    }

    /// <summary>Kestrel's own limit, which the worker does not raise as the host does: what is beyond it cannot be read, and the run fails.</summary>
    [Theory]
    [InlineData(30_000_000, HttpStatusCode.OK, "30000000")]
    [InlineData(30_000_001, HttpStatusCode.InternalServerError, "")]
    public async Task A_worker_reads_30_million_bytes_of_a_body_and_no_more(int length, HttpStatusCode status, string body)
    {
        using var answer = await Running.Http.PostAsync("api/length", new ByteArrayContent(new byte[length]), Stop);

        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)).ShouldBe((status, body));
    }
}

/// <summary>In this process, as most tests run an app.</summary>
public sealed class SampleInProcessTests(SampleInProcess running) : SampleAppTests(running), IClassFixture<SampleInProcess>;
