using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Messages;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Messages;

/// <summary>From what happens to an order to its customer's mailbox.</summary>
public sealed class OrderNotificationMailTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_step_of_an_order_is_told_once_to_the_address_of_that_moment()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Calls.KeepsBodies = true;
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await shop.PassAsync();
        Subjects(shop).ShouldBe(["We have your order", "We have received your payment for order"]);

        var fred = shop.As("fred@example.com", "Shop.Fulfilment");
        (await fred.ShipAsync(stage.OrderId, "part", trackingNumber: "15501234567890", lines: new { sku = "UPS-LI-1500", quantity = 1 })).EnsureSuccessStatusCode();
        (await fred.ShipAsync(stage.OrderId)).EnsureSuccessStatusCode();
        (await fred.CarryAsync(stage.OrderId, 1, "delivered", shop.Clock.GetUtcNow())).EnsureSuccessStatusCode();
        await shop.PassAsync();
        Subjects(shop).Skip(2).ShouldBe(["A parcel of order", "A parcel of order", "A parcel of order"]);
        shop.Mail.Mails.Count(mail => mail.Text.Contains("15501234567890")).ShouldBe(1);

        (await shop.As("grace@example.com", "Shop.Finance").RefundAsync(stage.OrderId, 100)).EnsureSuccessStatusCode();
        await shop.SettleAsync();
        await shop.SettleRefundsAsync();
        await shop.PassAsync();
        Subjects(shop)[^1].ShouldBe("We have refunded £1.00 for order");
        foreach (var mail in shop.Mail.Mails)
        {
            var link = new Uri(mail.Text.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal)).Trim());
            (await shop.Anonymous().GetAsync(link.PathAndQuery, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, mail.Subject);
        }

        for (var hour = 0; hour < 3; hour++)
        {
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.PassAsync();
        }

        shop.Mail.Mails.Count.ShouldBe(6);
        shop.Mail.Mails.ShouldAllBe(mail => mail.To.Single() == "ada@example.com" && mail.Html != null && mail.Message.Headers["List-Unsubscribe"] == null);
        shop.Mail.Mails.Select(mail => mail.Message.MessageId).Distinct().Count().ShouldBe(6);
        var order = await shop.OrderAsync(stage.OrderId);
        order.Notifications.Select(mark => mark.State).ShouldAllBe(state => state == NotificationState.Sent);
        (await OpenAsync(shop)).ShouldNotContain(stage.OrderId, "nothing is to be told any more");
        shop.SentMessages(StorageNames.Emails).Distinct().Count().ShouldBe(6);
        shop.SentMessages(StorageNames.Emails).ShouldAllBe(text => !text.Contains('@') && !text.Contains("Ada") && text.Contains(stage.OrderId));
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Whoever_was_told_of_the_money_before_there_was_an_invoice_is_told_when_it_is_there_and_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, Local.Stripe.PaymentOutcome.Succeeds);
        foreach (var text in await shop.TakeEventsAsync()) await shop.ApplyAsync(text);
        // The look that issues the invoice has not come yet.
        await shop.Host.InvokeAsync(nameof(SendEmail), $$"""{"template":"Order","id":"{{stage.OrderId}}","notification":"paid"}""", Stop);
        Subjects(shop).ShouldBe(["We have your order", "We have received your payment for order"], "the older one goes first, whichever was asked for");
        shop.Mail.Mails[^1].Text.ShouldNotContain("invoice", Case.Insensitive);
        await shop.SettleAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            shop.Clock.Advance(TimeSpan.FromHours(1));
            await shop.PassAsync();
        }

        var number = (await shop.OrderAsync(stage.OrderId)).Documents.ShouldHaveSingleItem().Number!;
        var mail = shop.Mail.Mails.Where(mail => mail.Text.Contains(number)).ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("Your invoice for order");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Messages_that_are_handled_at_once_send_one_after_another()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, Local.Stripe.PaymentOutcome.Succeeds);
        foreach (var text in await shop.TakeEventsAsync()) await shop.ApplyAsync(text);
        await shop.LookAtAsync(stage.OrderId);
        string[] keys = ["paid", "received", "paid", "received"];
        await Task.WhenAll(keys.Select(key => shop.Host.InvokeAsync(nameof(SendEmail), $$"""{"template":"Order","id":"{{stage.OrderId}}","notification":"{{key}}"}""", Stop)));
        Subjects(shop).ShouldBe(["We have your order", "We have received your payment for order"]);
    }

    [Fact]
    public async Task A_message_that_comes_twice_or_is_not_due_sends_nothing_more()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        var before = await shop.OrderAsync(stage.OrderId);
        string Message(string order, string key) => $$"""{"template":"Order","id":"{{order}}","notification":"{{key}}"}""";
        var received = Message(stage.OrderId, "received");
        foreach (var message in new[] { received, received, received, Message(stage.OrderId, "paid"), Message(OrderIds.IdOf("nobody", "key"), "received"), $$"""{"template":"Order","id":"{{stage.OrderId}}"}""" })
            await shop.Queue(StorageNames.Emails).SendMessageAsync(message, Stop);
        await shop.SettleAsync();
        shop.Mail.Mails.ShouldHaveSingleItem().Subject.ShouldStartWith("We have your order");
        (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBe(0);
        var after = await shop.OrderAsync(stage.OrderId);
        after.Tag.ShouldBe(before.Tag, "that a mail went out is nothing that anybody has to read again");
        after.ETag.ShouldNotBe(before.ETag);
    }

    [Fact]
    public async Task What_fails_before_the_server_is_asked_is_tried_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        await MoveAsync("ada@@ <nowhere");
        await shop.PassAsync(minutes: 4);
        (await shop.OrderAsync(stage.OrderId)).Notifications.ShouldHaveSingleItem().State.ShouldBe(NotificationState.Deferred);
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains("the mail received failed unexpectedly (ParseException)"));
        shop.Log.Entries.ShouldAllBe(entry => !entry.Text.Contains("nowhere"));

        await MoveAsync("ada@example.com");
        await shop.PassAsync(minutes: 30);
        shop.Mail.Mails.ShouldHaveSingleItem().Subject.ShouldStartWith("We have your order");

        async Task MoveAsync(string address)
        {
            var account = (await shop.OrderAsync(stage.OrderId)).AccountId;
            await shop.Tables().GetTableClient(StorageNames.Accounts).UpsertEntityAsync(new TableEntity(account, Functions.Accounts.AccountEntity.Row) { ["Email"] = address }, cancellationToken: Stop);
        }
    }

    [Fact]
    public async Task While_the_server_takes_none_the_mail_waits_and_comes_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Recipient, "450 4.2.0 ada@example.com is greylisted");
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        for (var minute = 0; minute < 60; minute++) await shop.PassAsync();
        var mark = (await shop.OrderAsync(stage.OrderId)).Notifications.ShouldHaveSingleItem();
        mark.State.ShouldBe(NotificationState.Deferred);
        // After 3, 8, 18 and 38 minutes, and after 15 because of the money.
        mark.Tries.ShouldBe(5);
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains("the mail received could not be delivered in 4 tries"));
        shop.Log.Entries.ShouldAllBe(entry => !entry.Text.Contains("ada@example.com"));
        (await shop.PoisonedAsync(StorageNames.Emails)).ShouldBe(0);

        shop.Mail.Fault = null;
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.PassAsync();
        await shop.PassAsync();
        shop.Mail.Mails.ShouldHaveSingleItem().Subject.ShouldStartWith("We have your order");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_mailbox_that_takes_no_mail_ends_it_and_the_order_says_so()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        shop.Mail.Fault = new(MailStep.Recipient, "550 5.1.1 <ada@example.com> is unknown here");
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await shop.PassAsync();
        (await shop.OrderAsync(stage.OrderId)).Notifications.ShouldHaveSingleItem().State.ShouldBe(NotificationState.Refused);
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains("refuses the mail received for good (Recipient 550 5.1.1)"));
        shop.Mail.Fault = null;
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.PassAsync();
        shop.Mail.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_who_has_gone_is_told()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.PlaceAsync();
        // The account is on its way out, and the order does not know yet.
        var account = (await shop.OrderAsync(stage.OrderId)).AccountId;
        await shop.Tables().GetTableClient(StorageNames.Accounts).DeleteEntityAsync(account, Functions.Accounts.AccountEntity.Row, cancellationToken: Stop);
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await shop.PassAsync();
        shop.Mail.Mails.ShouldBeEmpty();
        await new OrderStore(shop.Tables(), clock: shop.Clock).ChangeAsync(stage.OrderId, order => Restriction.WithoutAccount(order, shop.Clock.GetUtcNow()), Stop);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await shop.PassAsync();
        (await OpenAsync(shop)).ShouldBeEmpty();
        shop.Mail.Mails.ShouldBeEmpty();
    }

    private static List<string> Subjects(RunningShop shop) => [.. shop.Mail.Mails.Select(mail => mail.Subject.Split(" ").TakeWhile(word => word.Count(c => c == '-') < 2)).Select(words => string.Join(' ', words))];

    private static async Task<IEnumerable<string>> OpenAsync(RunningShop shop) =>
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.OpenOrders))).Select(row => row.RowKey);
}
