using Microsoft.Extensions.Logging;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>
/// The clock is heard: with 48, 24 and 4 hours left and when the time is up, whenever the timer comes round; each once, and
/// again only while no mail server has taken its mail.
/// </summary>
public sealed class WatchBreachesTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Each_alert_is_raised_once_however_often_the_timer_runs()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync();
        var raised = new List<double>();
        for (var hour = 0; hour <= 80; hour++)
        {
            var before = Alerts(shop, id);
            await shop.WatchAsync();
            await shop.WatchAsync();
            (Alerts(shop, id) - before).ShouldBeLessThanOrEqualTo(1);
            await shop.SettleAsync();
            if (Alerts(shop, id) > before) raised.Add(hour);
            shop.Clock.Advance(TimeSpan.FromHours(1));
        }

        raised.ShouldBe([24, 48, 68, 73]);
        (await shop.BreachAsync(id))["alerts"]!.AsArray().Select(alert => alert!["hoursLeft"]!.GetValue<int>()).ShouldBe([48, 24, 4, 0]);
        shop.Log.Entries.Last(entry => entry.Level == LogLevel.Critical).Text.ShouldContain("it is not reported");
    }

    [Fact]
    public async Task A_timer_that_comes_late_raises_what_it_missed_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(70));
        await shop.WatchAsync();
        Alerts(shop, id).ShouldBe(3);
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromDays(20));
        await shop.WatchAsync();
        await shop.WatchAsync();
        Alerts(shop, id).ShouldBe(4);
    }

    [Fact]
    public async Task It_is_raised_again_until_its_mail_is_taken()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        await shop.WatchAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await shop.WatchAsync();
        Alerts(shop, id).ShouldBe(1, "whoever raised it may still be at it");
        for (var again = 2; again <= 4; again++)
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(15));
            await shop.WatchAsync();
            Alerts(shop, id).ShouldBe(again);
        }

        (await shop.BreachAsync(id))["alerts"]!.AsArray().ShouldHaveSingleItem()!["mailedAt"].ShouldBeNull();
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(1, "three of the four messages came too late");
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await shop.WatchAsync();
        Alerts(shop, id).ShouldBe(4);
    }

    [Theory]
    [InlineData("POST", false)]
    [InlineData("PATCH", true)]
    public async Task Two_timers_at_once_raise_it_once(string call, bool isRaised)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        if (isRaised) await shop.WatchAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        var before = Alerts(shop, id);
        var gate = shop.Calls.Hold(request => request.Method.Method == call && request.RequestUri!.AbsolutePath.Contains("/breaches", StringComparison.Ordinal));
        var slow = shop.WatchAsync();
        await gate.ArrivedAsync();
        await shop.WatchAsync();
        gate.Open();
        await slow;
        Alerts(shop, id).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Nobody_is_alerted_of_what_is_reported_or_need_not_be()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (reported, tag) = await shop.OpenBreachAsync();
        (await shop.ChangeBreachAsync(reported, tag, shop.Everything())).EnsureSuccessStatusCode();
        var (harmless, _) = await shop.OpenBreachAsync(more: new() { ["reportedToAuthority"] = new System.Text.Json.Nodes.JsonObject { ["notNeededReason"] = "The disk was encrypted." } });
        shop.Clock.Advance(TimeSpan.FromHours(100));
        await shop.WatchAsync();
        Alerts(shop, reported).ShouldBe(0);
        Alerts(shop, harmless).ShouldBe(0);
    }

    [Fact]
    public async Task Closed_breaches_cost_nothing()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (open, _) = await shop.OpenBreachAsync();
        await shop.WatchAsync();
        shop.Calls.Reset();
        await shop.WatchAsync();
        var calls = shop.Calls.Calls.Count;

        for (var i = 0; i < 5; i++)
        {
            var everything = shop.Everything();
            everything["closed"] = true;
            await shop.OpenBreachAsync(more: everything);
        }

        shop.Calls.Reset();
        await shop.WatchAsync();
        shop.Calls.Calls.Count.ShouldBe(calls, string.Join('\n', shop.Calls.Calls));
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_close_that_was_cut_off_is_taken_off_the_list_at_the_next_look()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, tag) = await shop.OpenBreachAsync();
        tag = (await shop.ChangeBreachAsync(id, tag, shop.Everything())).Tag();
        shop.Calls.Reset();
        // On record, read, stored; and then this.
        shop.Calls.Plan = (4, FaultMoment.Before);
        (await shop.ChangeBreachAsync(id, tag, new() { ["closed"] = true })).IsSuccessStatusCode.ShouldBeFalse();
        shop.Calls.Failed.ShouldBeTrue();
        shop.Calls.Reset();
        (await shop.BreachAsync(id))["closedAt"].ShouldNotBeNull();

        await shop.WatchAsync();
        shop.Calls.Reset();
        await shop.WatchAsync();
        shop.Calls.Calls.Count.ShouldBe(1);
    }

    private static int Alerts(RunningShop shop, string id) =>
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical && entry.Text.Contains(id, StringComparison.Ordinal));
}

internal static class Watching
{
    /// <summary>The timer comes round.</summary>
    public static Task WatchAsync(this RunningShop shop) => shop.Host.InvokeAsync("WatchBreaches", null, TestContext.Current.CancellationToken);
}
