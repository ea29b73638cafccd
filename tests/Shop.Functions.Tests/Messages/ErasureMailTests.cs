using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Functions.Messages;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy;
using Shop.Functions.Tests.Privacy.Erasures;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Messages;

/// <summary>Whose account is erased hears that it is done, and then the address is gone.</summary>
public sealed class ErasureMailTests(StorageEmulator emulator)
{
    private const string Subject = "Your account is erased";

    [Theory]
    [InlineData(0, "Nothing had to be kept.")]
    [InlineData(1, "The law has us keep one order until 31 March 2033 at the latest")]
    [InlineData(2, "The law has us keep 2 orders until 31 March 2034 at the latest")]
    public void It_says_what_stays_and_until_when(int orders, string words)
    {
        var done = new Erasure("reference", new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero), [.. Enumerable.Range(0, orders).Select(i => new KeptOrder($"id{i}", $"number{i}", "order-fiscal", new(2033 + i, 3, 31)))]);
        var mail = ErasureMail.Of("ada@example.com", done, new() { Name = "Racks", Address = "London", Email = "data@example.com" }, new ShopTime(TimeZoneInfo.FindSystemTimeZoneById("Europe/London")));
        (mail.Subject, mail.To, mail.Id).ShouldBe((Subject, "ada@example.com", "erasure-reference"));
        mail.Text.ShouldContain(words);
        mail.Text.ShouldContain("erased on 1 July 2026");
        mail.Html!.ShouldContain(words);
        (mail.Text + mail.Html).ShouldNotContain("number0");
        (mail.Text + mail.Html).ShouldNotContain("tracking");
    }

    [Fact]
    public async Task It_comes_once_when_the_server_takes_it_and_until_then_the_address_is_kept()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Recipient, "450 4.2.0 gone@example.com: later", Recipient: "gone@example.com");
        var gone = await shop.Customer("gone@example.com");
        var id = (await gone.ReadAsync("api/account"))["id"]!.GetValue<string>();
        await gone.EraseAsync();
        (await shop.EverythingStoredAsync()).ShouldContain(row => row.Holds("gone@example.com"));
        shop.Mail.Mails.ShouldNotContain(mail => mail.Subject == Subject);

        shop.Mail.Fault = null;
        await CarryOnAsync(shop, id);
        shop.Mail.Mails.ShouldNotContain(mail => mail.Subject == Subject, "for all that is known, somebody else is sending it at this moment");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await CarryOnAsync(shop, id);
        await CarryOnAsync(shop, id);
        shop.Mail.Mails.Where(mail => mail.Subject == Subject).ShouldHaveSingleItem().To.ShouldBe(["gone@example.com"]);
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("gone@example.com"));
        shop.Log.Entries.ShouldAllBe(entry => !entry.Text.Contains("gone@example.com"));
    }

    [Theory]
    [InlineData("550 5.1.1 unknown", 0)]
    [InlineData("450 4.2.0 later", 14)]
    public async Task A_mailbox_that_takes_none_keeps_no_address_for_longer_than_two_weeks(string answer, int days)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Recipient, answer, Recipient: "gone@example.com");
        var gone = await shop.Customer("gone@example.com");
        var id = (await gone.ReadAsync("api/account"))["id"]!.GetValue<string>();
        await gone.EraseAsync();
        for (var day = 0; day < days; day++)
        {
            (await shop.EverythingStoredAsync()).ShouldContain(row => row.Holds("gone@example.com"));
            shop.Clock.Advance(TimeSpan.FromDays(1));
            await CarryOnAsync(shop, id);
        }

        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("gone@example.com"));
    }

    [Fact]
    public async Task When_telling_the_others_took_all_the_time_the_person_is_tried_twice()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Sender, "451 4.3.0 not now");
        var gone = await shop.Customer("gone@example.com");
        var id = (await gone.ReadAsync("api/account"))["id"]!.GetValue<string>();
        await gone.EraseAsync();
        shop.Clock.Advance(TimeSpan.FromDays(15));
        await CarryOnAsync(shop, id);
        (await shop.EverythingStoredAsync()).ShouldContain(row => row.Holds("gone@example.com"));
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await CarryOnAsync(shop, id);
        (await shop.EverythingStoredAsync()).ShouldNotContain(row => row.Holds("gone@example.com"));
    }

    [Fact]
    public async Task An_address_that_no_mail_can_go_to_does_not_end_the_erasure()
    {
        var mail = new ErasureMail(
            new SmtpMail(Options.Create(new MailOptions { Host = "localhost", From = "shop@example.com", Password = "secret" }), TimeProvider.System),
            Options.Create(new ControllerOptions { Name = "Racks", Address = "London", Email = "data@example.com" }),
            Options.Create(new RetentionPeriods()),
            NullLogger<ErasureMail>.Instance);
        (await mail.IsToldAsync("gone@@ <nowhere", new("reference", new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero), []), TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    private static Task CarryOnAsync(RunningShop shop, string accountId) =>
        shop.Host.InvokeAsync("ContinueErasure", $$"""{"accountId":"{{accountId}}"}""", TestContext.Current.CancellationToken);
}
