using System.Diagnostics;
using System.Net;

namespace Shop.Local.Tests.Host;

/// <summary>The app in a process of its own, as it is deployed, under the protocol that the Functions host speaks with it.</summary>
[Collection(nameof(WorkerShop))]
public sealed class WorkerTests(WorkerShop running) : HostTests(running)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void The_app_runs_in_a_process_of_its_own() => Running.Shop.Host.AppProcessId.ShouldNotBeNull().ShouldNotBe(Environment.ProcessId);

    [Fact]
    public async Task A_worker_that_was_killed_is_started_again_and_requests_wait_for_it()
    {
        var killed = Running.Shop.Host.AppProcessId.ShouldNotBeNull();
        using (var process = Process.GetProcessById(killed)) process.Kill();
        await UntilAsync(() => Task.FromResult(Running.Shop.Host.AppProcessId != killed));

        (await Running.Http.GetAsync("api/products", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Running.Shop.Host.AppProcessId.ShouldNotBe(killed);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(LongestWait);
            await Task.Delay(BetweenLooks, TimeProvider.System, Stop);
        }
    }
}

/// <summary>The same with the app in this process, as thousands of tests run it.</summary>
[Collection(nameof(OwnShop))]
public sealed class InProcessTests(OwnShop running) : HostTests(running);
