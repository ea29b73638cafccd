using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Webhooks that never come: the look that every order leaves behind asks Stripe.</summary>
public sealed class LostWebhookTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_payment_whose_webhook_is_lost_is_found_by_the_look()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.LoseWebhooksAsync();
        await stage.ShouldBeAsync("awaiting");

        await shop.LookAtAsync(stage.OrderId);
        await stage.ShouldBeAsync("paid");
        stage.Books.ShouldHaveSingleItem().Charged.ShouldBe(59_760);
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Thirty_presses_on_pay_leave_one_look_behind_and_no_message_that_waits_hidden()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        (await DueAsync()).ShouldBe(shop.Clock.GetUtcNow().AddMinutes(3), "its customer is told of it then; nobody may ever press");

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 30; i++) await ada.CheckoutAsync(order);
        (await DueAsync()).ShouldBe(shop.Clock.GetUtcNow().AddMinutes(15));
        (await shop.CountAsync(StorageNames.OrderChecks)).ShouldBe(0, "the platform takes a message that waits for work to do now");

        async Task<DateTimeOffset> DueAsync() => (await Backstage.RowsAsync<ReconciliationRow>(shop.Tables().GetTableClient(StorageNames.OpenOrders))).Single(row => row.RowKey == order).Due;
    }

    [Fact]
    public async Task A_refund_made_at_stripe_whose_webhook_is_lost_is_not_made_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.Stripe.PayAsync(await shop.OpenUnnotedPageAsync(stage.OrderId, attempt: 2), PaymentOutcome.Succeeds);
        var events = await shop.TakeEventsAsync();

        // Somebody sees the second payment at Stripe and sends it back there, before the shop has done so.
        await shop.Stripe.RefundAsync(shop.Stripe.Books[1].PaymentIntentId);
        await shop.LoseWebhooksAsync();
        foreach (var text in events) await shop.ApplyAsync(text);
        await shop.SettleAsync();

        shop.Stripe.Refunds.Count.ShouldBe(1);
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task The_second_of_two_delayed_payments_is_asked_about_as_well()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.FailsLater);
        await shop.Stripe.SettlePaymentAsync(stage.SessionId);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("failed");

        var again = await stage.Person.CheckoutAsync(stage.OrderId);
        await shop.Stripe.PayAsync(again, PaymentOutcome.SucceedsLater);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("pending");
        await shop.Stripe.SettlePaymentAsync(again);
        await shop.LoseWebhooksAsync();
        await shop.LookAtAsync(stage.OrderId);

        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }
}
