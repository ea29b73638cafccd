using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Tests.Host;

public sealed class ServerTests
{
    private readonly Gate _gate = new();
    private readonly ManualClock _frontEnd = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listed_origin_may_ask_before_it_calls_and_may_call()
    {
        await using var host = await StartAsync();

        var preflight = await PreflightAsync(host, "https://shop.example");
        using var call = new HttpRequestMessage(HttpMethod.Get, "api/hello") { Headers = { { "Origin", "https://shop.example" } } };
        var answer = await host.Http.SendAsync(call, Cancellation);

        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        preflight.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://shop.example"]);
        preflight.Headers.GetValues("Access-Control-Allow-Methods").ShouldBe(["PATCH"]);
        preflight.Headers.GetValues("Access-Control-Allow-Headers").ShouldBe(["authorization,if-match"]);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://shop.example"]);
    }

    [Fact]
    public async Task Another_origin_is_not_let_in()
    {
        await using var host = await StartAsync();

        (await PreflightAsync(host, "https://elsewhere.example")).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task A_failure_carries_the_origin_header_too()
    {
        await using var host = await StartAsync();
        using var call = new HttpRequestMessage(HttpMethod.Get, "api/fail") { Headers = { { "Origin", "https://shop.example" } } };

        var answer = await host.Http.SendAsync(call, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://shop.example"]);
    }

    [Fact]
    public async Task The_token_of_a_call_is_cancelled_when_the_caller_leaves()
    {
        await using var host = await StartAsync();
        var finished = host.Host.NextInvocationAsync(run => run.Function == "Wait", Cancellation);
        using var leaving = new CancellationTokenSource();

        var call = host.Http.GetAsync("api/wait", leaving.Token);
        await _gate.Entered.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await finished).Error.ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task Who_has_no_answer_after_230_seconds_is_told_504_and_the_run_is_cancelled()
    {
        await using var host = await StartAsync();
        var finished = host.Host.NextInvocationAsync(run => run.Function == "Wait", Cancellation);
        var call = host.Http.GetAsync("api/wait", Cancellation);
        await _gate.Entered.Task.WaitAsync(Cancellation);

        _frontEnd.Advance(TimeSpan.FromSeconds(230));

        var answer = await call;
        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        (await finished).Error.ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task Who_is_answered_after_229_seconds_has_the_answer()
    {
        await using var host = await StartAsync();
        var call = host.Http.GetAsync("api/wait", Cancellation);
        await _gate.Entered.Task.WaitAsync(Cancellation);

        _frontEnd.Advance(TimeSpan.FromSeconds(229));
        _gate.Open.SetResult();

        (await (await call).Content.ReadAsStringAsync(Cancellation)).ShouldBe("waited");
    }

    [Fact]
    public async Task An_answer_that_has_begun_may_take_longer()
    {
        await using var host = await StartAsync();
        using var answer = await host.Http.GetAsync("api/trickle", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        _frontEnd.Advance(TimeSpan.FromSeconds(1000));
        _gate.Open.SetResult();

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("begun, ended");
    }

    [Fact]
    public async Task The_end_waits_for_a_request_in_flight()
    {
        var host = await StartAsync();
        var call = host.Http.GetAsync("api/wait", Cancellation);
        await _gate.Entered.Task.WaitAsync(Cancellation);

        var end = host.Host.DisposeAsync().AsTask();
        end.IsCompleted.ShouldBeFalse();
        _gate.Open.SetResult();

        (await call).StatusCode.ShouldBe(HttpStatusCode.OK);
        await end;
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_function_can_be_started_by_the_admin_path()
    {
        // Also one that is disabled, which keeps it from its schedule only.
        await using var host = await StartAsync(new() { ["AzureWebJobs.NightlyRun.Disabled"] = "true" });
        var finished = host.Host.NextInvocationAsync(run => run.Function == "NightlyRun", Cancellation);

        var answer = await AdminAsync(host, "NightlyRun", """{ "input": "now" }""");

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await finished).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Nobody", """{ "input": "" }""", "application/json", 404)]
    [InlineData("Hello", """{ "input": "" }""", "application/json", 400)]
    [InlineData("NightlyRun", "[]", "application/json", 400)]
    [InlineData("NightlyRun", "{", "application/json", 400)]
    [InlineData("NightlyRun", """{ "input": "" }""", "text/plain", 415)]
    public async Task The_admin_path_refuses_what_it_cannot_start(string function, string body, string type, int status)
    {
        await using var host = await StartAsync();

        ((int)(await AdminAsync(host, function, body, type)).StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task The_host_says_that_it_runs_and_what()
    {
        await using var host = await StartAsync();

        (await host.Http.GetStringAsync("admin/host/status", Cancellation)).ShouldContain("\"state\":\"Running\"");
        (await host.Http.GetStringAsync("admin/functions", Cancellation)).ShouldContain("""{"name":"NightlyRun","trigger":"Timer",""");
        host.Host.Functions.Select(f => f.Name).ShouldBe(["Fail", "Hello", "NightlyRun", "Trickle", "Wait"], ignoreOrder: true);
    }

    private static Task<HttpResponseMessage> AdminAsync(TestHost host, string function, string body, string type = "application/json") =>
        host.Http.PostAsync($"admin/functions/{function}", new StringContent(body, Encoding.UTF8, type), Cancellation);

    private static Task<HttpResponseMessage> PreflightAsync(TestHost host, string origin) => host.Http.SendAsync(
        new HttpRequestMessage(HttpMethod.Options, "api/hello")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "PATCH" },
                { "Access-Control-Request-Headers", "authorization,if-match" },
            },
        },
        Cancellation);

    private Task<TestHost> StartAsync(Dictionary<string, string?>? settings = null) => TestHost.StartAsync<ServerFunctions>(new()
    {
        Settings = settings ?? [],
        Configure = app => app.Services.AddSingleton(_gate),
        CorsOrigins = ["https://shop.example"],
        FrontEndClock = _frontEnd,
    });

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
