using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>
/// The clock is heard: when a breach is entered, with 48, 24 and 4 hours left, when the time is up and each day after that;
/// each once, and again only while no mail server has taken its mail.
/// </summary>
public sealed class WatchBreachesTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Each_alert_is_raised_once_however_often_the_timer_runs()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync();
        Alerts(shop, id).ShouldBe(1, "whoever enters a breach is not the only one who has to know");
        await shop.SettleAsync();
        var raised = new List<double>();
        for (var hour = 0; hour <= 124; hour += 4)
        {
            var before = Alerts(shop, id);
            await shop.WatchAsync();
            await shop.WatchAsync();
            (Alerts(shop, id) - before).ShouldBeLessThanOrEqualTo(1);
            await shop.SettleAsync();
            if (Alerts(shop, id) > before) raised.Add(hour);
            shop.Clock.Advance(TimeSpan.FromHours(4));
        }

        raised.ShouldBe([24, 48, 68, 76, 96, 120]);
        (await shop.BreachAsync(id))["alerts"]!.AsArray().Select(alert => alert!["hoursLeft"]!.GetValue<int>()).ShouldBe([72, 48, 24, 4, 0, -24, -48]);
        shop.Log.Entries.Last(entry => entry.Level == LogLevel.Critical).Text.ShouldContain("the report to the authority is Overdue, telling the people is Overdue");
    }

    [Fact]
    public async Task A_timer_that_comes_late_raises_how_it_stands_now_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync();
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromDays(20));
        await shop.WatchAsync();
        await shop.WatchAsync();
        Alerts(shop, id).ShouldBe(2);
    }

    [Fact]
    public async Task A_breach_that_is_entered_late_is_told_of_once_and_as_it_is()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(92));
        await shop.WatchAsync();
        await shop.SettleAsync();
        Alerts(shop, id).ShouldBe(1);
        shop.Mail.Mails.ShouldHaveSingleItem().Subject.ShouldBe($"Breach {id[..8]}: the time to tell of it is over");
        (await shop.BreachAsync(id))["alerts"]!.AsArray().ShouldHaveSingleItem()!["hoursLeft"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_corrects_since_when_they_are_aware_has_other_alerts()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var aware = shop.Clock.GetUtcNow().AddHours(-20);
        var (id, tag) = await shop.OpenBreachAsync(TimeSpan.FromHours(92), new() { ["awareAt"] = aware.ToString("O") });
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromHours(5));
        await shop.WatchAsync();
        await shop.SettleAsync();
        Alerts(shop, id).ShouldBe(2);

        var sooner = await shop.ChangeBreachAsync(id, tag, new() { ["awareAt"] = aware.AddHours(-4).ToString("O") });
        await shop.SettleAsync();
        Alerts(shop, id).ShouldBe(3, "48 hours of another end");
        (await shop.ChangeBreachAsync(id, sooner.Tag(), new() { ["awareAt"] = aware.AddHours(-50).ToString("O") })).EnsureSuccessStatusCode();
        await shop.SettleAsync();
        Alerts(shop, id).ShouldBe(4);
        shop.Mail.Mails.Count.ShouldBe(4);
        shop.Mail.Mails[^1].Subject.ShouldBe($"Breach {id[..8]}: the time to tell of it is over");
        (await shop.BreachAsync(id))["alerts"]!.AsArray().Select(alert => alert!["hoursLeft"]!.GetValue<int>()).ShouldBe([72, 48, 48, 0]);
    }

    [Fact]
    public async Task It_is_raised_until_the_authority_and_the_people_are_answered_for()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, tag) = await shop.OpenBreachAsync();
        await shop.SettleAsync();
        tag = (await shop.ChangeBreachAsync(id, tag, new() { ["reportedToAuthority"] = shop.Everything()["reportedToAuthority"]!.DeepClone() })).Tag();
        shop.Clock.Advance(TimeSpan.FromHours(24));
        await shop.WatchAsync();
        await shop.SettleAsync();
        Alerts(shop, id).ShouldBe(2);
        shop.Mail.Mails[^1].Text.ShouldContain("does not say that the people affected were told");
        (await shop.ChangeBreachAsync(id, tag, new() { ["toldPeople"] = new System.Text.Json.Nodes.JsonObject { ["notNeededReason"] = "data_unintelligible" } })).EnsureSuccessStatusCode();
        shop.Clock.Advance(TimeSpan.FromDays(10));
        await shop.WatchAsync();
        Alerts(shop, id).ShouldBe(2);
        var clock = (await shop.BreachAsync(id))["clock"]!;
        (clock["state"]!.GetValue<string>(), clock["people"]!.GetValue<string>(), clock["hoursLeft"]).ShouldBe(("reported", "not_needed", null));
    }

    [Fact]
    public async Task Storage_that_fails_after_a_breach_is_entered_delays_its_alert_and_does_not_have_it_entered_twice()
    {
        var nobody = new Uri("http://127.0.0.1:1/devstoreaccount1");
        var key = new TableSharedKeyCredential("devstoreaccount1", Convert.ToBase64String([1]));
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        var log = new LogBook();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        var alarm = new BreachAlarm(new(new(nobody, key, options)), new(new(nobody)), loggers.CreateLogger<BreachAlarm>());
        await Should.ThrowAsync<RequestFailedException>(alarm.RaiseAsync(SampleBreaches.New, SampleBreaches.Aware, TestContext.Current.CancellationToken));
        await alarm.RaiseOrLeaveToTimerAsync(SampleBreaches.New, SampleBreaches.Aware, TestContext.Current.CancellationToken);
        log.Entries.ShouldHaveSingleItem().Text.ShouldContain("put off to the next look");
    }

    [Fact]
    public async Task It_is_raised_again_until_its_mail_is_taken()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
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
        // An alert whose mail is not taken is raised again; the next one is new.
        shop.Clock.Advance(isRaised ? TimeSpan.FromMinutes(15) : TimeSpan.FromHours(18));
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
        var notNeeded = new System.Text.Json.Nodes.JsonObject { ["notNeededReason"] = "data_unintelligible" };
        var (harmless, _) = await shop.OpenBreachAsync(more: new() { ["reportedToAuthority"] = notNeeded, ["toldPeople"] = notNeeded.DeepClone() });
        shop.Clock.Advance(TimeSpan.FromHours(100));
        await shop.WatchAsync();
        Alerts(shop, reported).ShouldBe(1, "when it was entered");
        Alerts(shop, harmless).ShouldBe(0);
    }

    [Fact]
    public async Task Closed_breaches_cost_nothing()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await shop.OpenBreachAsync();
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
        calls.ShouldBe(3);
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
