using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Messages;

/// <summary>The privacy officer is told by mail while a breach is not reported, from the clock to the mailbox.</summary>
public sealed class BreachMailTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_comes_at_once_with_48_24_and_4_hours_left_and_when_the_time_is_up_each_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync();
        var hours = new List<int>();
        for (var hour = 0; hour <= 80; hour += 4)
        {
            var before = shop.Mail.Mails.Count;
            await shop.WatchAsync();
            await shop.WatchAsync();
            await shop.SettleAsync();
            if (shop.Mail.Mails.Count > before) hours.Add(hour);
            shop.Clock.Advance(TimeSpan.FromHours(4));
        }

        hours.ShouldBe([0, 24, 48, 68, 76]);
        shop.Mail.Mails.Select(mail => mail.Subject).ShouldBe(
        [
            $"Breach {id[..8]}: 72 hours or less are left to tell of it",
            $"Breach {id[..8]}: 48 hours or less are left to tell of it",
            $"Breach {id[..8]}: 24 hours or less are left to tell of it",
            $"Breach {id[..8]}: 4 hours or less are left to tell of it",
            $"Breach {id[..8]}: the time to tell of it is over",
        ]);
        shop.Mail.Mails.ShouldAllBe(mail => mail.To.Single() == "privacy@example.com" && mail.From == "shop@example.com");
        var text = shop.Mail.Mails[2].Text.ReplaceLineEndings(" ");
        text.ShouldContain($"Breach {id}: the register does not say that the supervisory authority and the people affected were told.");
        text.ShouldContain("in 24 h 0 min");
        shop.Mail.Mails[2].Text.ShouldContain("- The measures taken or proposed (Article 33(3)(d)).");
        shop.Mail.Mails.ShouldAllBe(mail => mail.Raw.Split("\r\n").All(line => line.Length <= 78 && !line.Contains('\n')));
        shop.Mail.Mails.ShouldAllBe(mail => !mail.Raw.Contains("laptop"), "what staff have written stays in the register");
        (await shop.BreachAsync(id))["alerts"]!.AsArray().ShouldAllBe(alert => alert!["mailedAt"] != null);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_message_that_comes_twice_sends_one_mail()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        await shop.SettleAsync();
        var end = shop.Clock.GetUtcNow().AddHours(42).ToUnixTimeSeconds();
        var message = $$"""{"template":"BreachAlert","id":"{{id}}","alert":"alert-{{end:D11}}-48"}""";
        await shop.Queue(StorageNames.Emails).SendMessageAsync(message, Stop);
        await shop.Queue(StorageNames.Emails).SendMessageAsync(message.Replace("-48", "-24", StringComparison.Ordinal), Stop);
        // As a version before this one wrote it: whoever looks at the clocks asks again.
        await shop.Queue(StorageNames.Emails).SendMessageAsync($$"""{"template":"BreachAlert","id":"{{id}}","hoursLeft":48}""", Stop);
        await shop.Queue(StorageNames.Emails).SendMessageAsync(message.Replace(id, new string('0', 32), StringComparison.Ordinal), Stop);
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(1);
        (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBe(0);
    }

    [Theory]
    [InlineData(MailStep.Recipient, "451 4.3.0 officer privacy@example.com: try again later")]
    [InlineData(MailStep.Message, "554 5.3.4 privacy@example.com: the disk is full")]
    [InlineData(MailStep.SignIn, "535 5.7.8 the password of privacy@example.com has expired")]
    public async Task A_mail_that_the_server_may_take_later_is_asked_for_again_until_it_does(MailStep step, string answer)
    {
        var settings = new Dictionary<string, string?> { ["Mail:UserName"] = "shop", ["Mail:Password"] = "secret" };
        await using var shop = await RunningShop.StartAsync(emulator, settings);
        shop.Mail.Fault = new(step, answer);
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        for (var look = 0; look < 6; look++)
        {
            await shop.WatchAsync();
            await shop.SettleAsync();
            shop.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        (await shop.CountAsync(StorageNames.Emails)).ShouldBe(0);
        (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBe(0);
        shop.Mail.Mails.ShouldBeEmpty();

        shop.Mail.Fault = null;
        await shop.WatchAsync();
        await shop.SettleAsync();
        shop.Mail.Mails.Count.ShouldBe(1);
        (await shop.BreachAsync(id))["alerts"]!.AsArray().ShouldHaveSingleItem()!["mailedAt"].ShouldNotBeNull();
        var codes = $"{answer[..9]})";
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains(codes), "the codes help whoever has to put it right");
        shop.Log.Entries.ShouldAllBe(entry => !entry.Text.Contains("privacy@example.com"));
    }

    [Fact]
    public async Task A_mailbox_that_takes_no_mail_is_no_end_of_the_alert()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Recipient, "550 5.1.1 <privacy@example.com> is unknown here");
        await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        await shop.WatchAsync();
        await shop.SettleAsync();
        (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBe(0);
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Critical && entry.Text.Contains("refuses the alert for 48 hours for good (Recipient 550 5.1.1)"));
        shop.Log.Entries.ShouldAllBe(entry => !entry.Text.Contains("privacy@example.com"));

        shop.Mail.Fault = null;
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await shop.WatchAsync();
        await shop.SettleAsync();
        shop.Mail.Mails.ShouldHaveSingleItem().To.ShouldBe(["privacy@example.com"]);
    }

    [Fact]
    public async Task The_deputy_is_told_when_the_officers_mailbox_takes_no_mail_and_only_then()
    {
        var settings = new Dictionary<string, string?> { ["Mail:PrivacyOfficerDeputy"] = "deputy@example.com" };
        await using var shop = await RunningShop.StartAsync(emulator, settings);
        shop.Mail.Fault = new(MailStep.Recipient, "451 4.2.1 later", Recipient: "privacy@example.com");
        var (id, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        await shop.WatchAsync();
        await shop.SettleAsync();
        shop.Mail.Mails.ShouldBeEmpty("the officer's own mailbox takes it in a moment");

        shop.Mail.Fault = new(MailStep.Recipient, "550 5.1.1 unknown", Recipient: "privacy@example.com");
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await shop.WatchAsync();
        await shop.SettleAsync();
        shop.Mail.Mails.ShouldHaveSingleItem().To.ShouldBe(["deputy@example.com"]);
        shop.Log.Entries.ShouldContain(entry => entry.Level == LogLevel.Critical && entry.Text.Contains("for good"));
        (await shop.BreachAsync(id))["alerts"]!.AsArray().ShouldHaveSingleItem()!["mailedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_mail_that_is_late_says_how_it_stands_now_and_is_not_sent_once_it_is_reported()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (id, tag) = await shop.OpenBreachAsync(TimeSpan.FromHours(24));
        var (late, _) = await shop.OpenBreachAsync(TimeSpan.FromHours(24));
        (await shop.ChangeBreachAsync(id, tag, shop.Everything())).EnsureSuccessStatusCode();
        shop.Clock.Advance(TimeSpan.FromMinutes(90));
        await shop.SettleAsync();
        var mail = shop.Mail.Mails.ShouldHaveSingleItem();
        mail.Text.ShouldContain(late);
        mail.Text.ShouldContain("in 46 h 30 min");
    }

    [Fact]
    public async Task A_crash_at_any_call_of_the_look_or_the_mail_delays_the_alert_and_loses_none()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var calls = await RunAsync(shop, null);
        calls.Count.ShouldBeGreaterThanOrEqualTo(8);
        foreach (var (index, point) in PartOfToday.Of(calls.SelectMany(_ => new[] { FaultMoment.Before, FaultMoment.After })))
        {
            var call = calls[index / 2];
            // A message that nobody received is hidden by the emulator's own clock for twenty seconds.
            if (point == FaultMoment.After && call.StartsWith("GET ", StringComparison.Ordinal) && call.EndsWith("/messages", StringComparison.Ordinal)) continue;
            await RunAsync(shop, ((index / 2) + 1, point));
        }
    }

    private static async Task<IReadOnlyList<string>> RunAsync(RunningShop shop, (int Call, FaultMoment Moment)? plan)
    {
        var (id, tag) = await shop.OpenBreachAsync(TimeSpan.FromHours(30));
        await shop.SettleAsync();
        shop.Clock.Advance(TimeSpan.FromHours(20));
        shop.Calls.Reset();
        shop.Calls.Plan = plan;
        try
        {
            await shop.WatchAsync();
        }
        catch (Exception exception) when (exception.ToString().Contains(nameof(CrashException), StringComparison.Ordinal))
        {
            shop.Calls.Restart();
        }

        await shop.SettleAsync();
        var calls = shop.Calls.Calls;
        shop.Calls.Failed.ShouldBe(plan is not null);
        shop.Calls.Reset();
        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await shop.WatchAsync();
        await shop.SettleAsync();

        var mails = shop.Mail.Mails.Where(mail => mail.Text.Contains(id) && mail.Subject.Contains("24 hours")).ToList();
        var because = plan is null ? "no crash" : $"crash {plan.Value.Moment} {calls[plan.Value.Call - 1]} ({plan.Value.Call})";
        // Twice only where the process ended after the server had taken the mail; then both are the same mail.
        mails.Count.ShouldBeInRange(1, plan is null ? 1 : 2, because);
        mails.Select(mail => mail.Message.MessageId).Distinct().Count().ShouldBe(1, because);
        if (mails.Count == 2) calls[plan!.Value.Call - 1].ShouldContain("alert-", Case.Sensitive, because);
        var alerts = (await shop.BreachAsync(id))["alerts"]!.AsArray();
        alerts.Count.ShouldBe(2, because);
        alerts.ShouldAllBe(alert => alert!["mailedAt"] != null, because);
        var everything = shop.Everything();
        everything["closed"] = true;
        (await shop.ChangeBreachAsync(id, tag, everything)).EnsureSuccessStatusCode();
        return calls;
    }
}
