using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shop.Local.PayPal;

namespace Shop.Local.Tests.Host;

/// <summary>The app in a process of its own, as it is deployed, under the protocol that the Functions host speaks with it.</summary>
[Collection(nameof(WorkerShop))]
public sealed class WorkerTests(WorkerShop running) : HostTests(running)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void The_app_runs_in_a_process_of_its_own() => Worker.ShouldNotBe(Environment.ProcessId);

    private int Worker => Running.Shop.Host.AppProcessId.ShouldNotBeNull();

    [Fact]
    public async Task A_worker_that_was_killed_is_started_again_requests_wait_for_it_and_its_clock_is_the_moved_one()
    {
        (await Running.Http.PostAsJsonAsync("admin/clock", new { days = 1 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var killed = Worker;
        Kill();
        await UntilAsync(() => Running.Shop.Host.AppProcessId != killed);

        using var mary = await HostCustomer.OpenAsync(Running, "mary");
        var order = await mary.PlaceAsync();

        var now = (await Running.Http.GetFromJsonAsync<JsonObject>("admin/clock", Stop))!["now"]!.GetValue<DateTimeOffset>();
        order["placedAt"]!.GetValue<DateTimeOffset>().ShouldBe(now, TimeSpan.FromHours(1));
        now.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(23));
        Worker.ShouldNotBe(killed);
    }

    /// <summary>The money moves while nobody is there any more to hear of it.</summary>
    [Fact]
    public async Task A_payment_whose_worker_is_killed_at_work_on_it_is_taken_once_and_the_order_paid()
    {
        using var joan = await HostCustomer.OpenAsync(Running, "joan");
        var id = await joan.GoToPayPalAsync();
        var payPal = Running.Shop.PayPal!;
        var atPayPal = payPal.Orders[^1].Id;
        payPal.Faults.Clear();
        payPal.Faults.Add(new ApiFault(ApiFaultKind.Slow) { Path = $"/v2/checkout/orders/{atPayPal}/capture", Delay = TimeSpan.FromHours(1) });
        await payPal.ApproveAsync(atPayPal, BuyerChoice.Approves);
        (await payPal.DeliverAsync(Stop)).ShouldAllBe(delivery => delivery.Accepted);

        var work = Running.Shop.Host.DrainQueuesAsync(Stop);
        await UntilAsync(() => payPal.Faults.Api.Count == 0);
        Kill();
        (await Running.Http.PostAsJsonAsync("admin/clock", new { days = 0.1 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await work;
        await Running.SettleAsync();

        (await joan.ReadAsync(id))["payment"]!["status"]!.GetValue<string>().ShouldBe("paid");
        payPal.Captures.Where(capture => capture.OrderId == atPayPal).ShouldHaveSingleItem().Status.ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task Who_waits_for_a_worker_that_hangs_is_told_504_after_230_seconds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that stops a process.");
        await SignalAsync("STOP");
        try
        {
            var call = Running.Http.GetAsync("api/products", Stop);
            await Running.FrontEnd.AlarmsAsync(1, Stop);
            Running.FrontEnd.Advance(TimeSpan.FromSeconds(230));

            (await call).StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        }
        finally
        {
            await SignalAsync("CONT");
        }

        (await Running.Http.GetAsync("api/products", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private void Kill()
    {
        using var process = Process.GetProcessById(Worker);
        process.Kill();
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/kill", ["-s", name, Worker.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Stop);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(LongestWait);
            await Task.Delay(BetweenLooks, TimeProvider.System, Stop);
        }
    }
}

/// <summary>The same with the app in this process, as thousands of tests run it.</summary>
[Collection(nameof(OwnShop))]
public sealed class InProcessTests(OwnShop running) : HostTests(running);
