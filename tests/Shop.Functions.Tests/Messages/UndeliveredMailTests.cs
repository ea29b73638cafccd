using System.Net;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Mail;
using static Shop.Functions.Tests.Operations.DeadLetterCalls;

namespace Shop.Functions.Tests.Messages;

/// <summary>A mail server that is away for longer than mails are fresh.</summary>
public sealed class UndeliveredMailTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_nobody_took_is_a_dead_letter_once_and_is_sent_when_it_is_sent_back()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Recipient, "450 4.2.0 ada@example.com is greylisted");
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        for (var quarter = 0; quarter < 24; quarter++) await shop.PassAsync(minutes: 6 * 60);

        var letters = await ListAsync(shop);
        letters.Select(letter => Text(letter!, "message")).ShouldBe(
            [.. new[] { "paid", "received" }.Select(key => $$"""{"template":"Order","id":"{{stage.OrderId}}","notification":"{{key}}"}""")], ignoreOrder: true);
        letters.ShouldAllBe(letter => Text(letter!, "queue") == StorageNames.Emails && Text(letter!, "why") == "UndeliveredException" && letter!["times"]!.GetValue<int>() == 1);
        shop.Log.Entries.Count(entry => entry.Level == LogLevel.Critical && entry.Text.Contains("could not be delivered in 5 days", StringComparison.Ordinal)).ShouldBe(2);
        shop.Log.Entries.ShouldAllBe(entry => !entry.Text.Contains("ada@example.com"));

        var received = letters.Single(letter => Text(letter!, "message").Contains("received", StringComparison.Ordinal))!;
        await SendBackAsync();
        (await ListAsync(shop)).Single(letter => Text(letter!, "id") == Text(received, "id"))!["times"]!.GetValue<int>().ShouldBe(2, "it failed once more");
        shop.Mail.Mails.ShouldBeEmpty();

        shop.Mail.Fault = null;
        await SendBackAsync();
        await SendBackAsync();
        shop.Clock.Advance(TimeSpan.FromHours(6));
        await shop.PassAsync();
        shop.Mail.Mails.ShouldHaveSingleItem().Subject.ShouldStartWith("We have your order");
        (await ListAsync(shop)).ShouldHaveSingleItem();
        (await shop.OrderAsync(stage.OrderId)).Notifications.Select(mark => mark.State).ShouldBe([NotificationState.Sent, NotificationState.GivenUp], ignoreOrder: true);
        await shop.ShouldHoldAsync();

        async Task SendBackAsync()
        {
            (await RedriveAsync(shop, Text(received, "id"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await shop.SettleAsync();
        }
    }
}
