using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Bank debits: the customer promises today, the money comes days later or not at all.</summary>
public sealed class DelayedPaymentTests(StorageEmulator emulator)
{
    [Fact]
    public async Task A_delayed_payment_is_pending_until_it_is_paid()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.SucceedsLater);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("pending");
        await shop.ShouldHoldAsync();

        // It outlives the order's own day.
        shop.Clock.Advance(TimeSpan.FromDays(3));
        await stage.LookAsync();
        await stage.ShouldBeAsync("pending");

        await shop.Stripe.SettlePaymentAsync(stage.SessionId);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task A_delayed_payment_that_fails_can_be_followed_by_another()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.FailsLater);
        await shop.SettleAsync();
        await shop.Stripe.SettlePaymentAsync(stage.SessionId);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("failed");
        await shop.ShouldHoldAsync();

        var again = await stage.Person.CheckoutAsync(stage.OrderId);
        again.ShouldNotBe(stage.SessionId);
        await shop.Stripe.PayAsync(again, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        await stage.ShouldBeAsync("paid");
        await shop.ShouldHoldAsync();
    }
}
