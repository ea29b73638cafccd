using System.Net;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Payments;

/// <summary>Parts of payments, told by the providers themselves: the shop's books and theirs agree.</summary>
public sealed class PartsOfPaymentsTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Of_a_payment_that_paypal_reverses_in_part_the_rest_can_be_refunded()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, grace) = (await shop.Customer(), shop.As("grace@example.com", "Shop.Finance"));
        var (order, capture) = await PaidByPayPalAsync(shop, ada);
        var whole = shop.PayPal.Captures.Single().Amount;
        await shop.PayPal.ReverseCaptureAsync(capture, 500);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("needs_review");
        (await grace.ResolveAsync(order, "accept")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.PaymentStatusAsync(order)).ShouldBe("partly_refunded");
        (await grace.RefundAsync(order, null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("refunded");
        (await SumsAsync(ada, order)).ShouldBe((whole, whole - 500, 500));
        await shop.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4_000L)]
    public async Task Money_that_is_refunded_in_a_paypal_case_which_the_buyer_wins_goes_back_once(long? offered)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var (order, capture) = await PaidByPayPalAsync(shop, ada);
        var whole = shop.PayPal.Captures.Single().Amount;
        var dispute = await shop.PayPal.OpenDisputeAsync(capture);
        if (offered is { } part) await shop.PayPal.OfferInDisputeAsync(dispute, part);
        else
        {
            await shop.PayPal.RefundAsync(capture);
            await shop.PayPal.CloseDisputeAsync(dispute, DisputeOutcome.Lost);
        }

        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe(offered is null ? "refunded" : "needs_review");
        (await SumsAsync(ada, order)).ShouldBe((whole, offered ?? whole, 0));
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_inquiry_at_stripe_holds_the_goods_and_is_answered_by_a_refund()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, grace) = (await shop.Customer(), shop.As("grace@example.com", "Shop.Finance"));
        var (order, intent) = await PaidByStripeAsync(shop, ada);
        var inquiry = await shop.Stripe.OpenDisputeAsync(intent, kind: DisputeKind.Inquiry);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("disputed");
        (await grace.RefundAsync(order, 1_000)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await shop.SettleAsync();
        await shop.Stripe.SettleRefundAsync(shop.Stripe.Refunds.ShouldHaveSingleItem().Id);
        await shop.Stripe.CloseDisputeAsync(inquiry, DisputeOutcome.Won);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe("partly_refunded");
        await shop.ShouldHoldAsync();
    }

    [Theory]
    [InlineData(DisputeKind.Block, "paid")]
    [InlineData(DisputeKind.Resolution, "refunded")]
    public async Task What_stripe_has_prevented_costs_the_payment_only_where_a_rule_paid_the_customer(DisputeKind kind, string payment)
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var (order, intent) = await PaidByStripeAsync(shop, ada);
        await shop.Stripe.OpenDisputeAsync(intent, kind: kind);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(order)).ShouldBe(payment);
        (await SumsAsync(ada, order)).Withdrawn.ShouldBe(shop.Stripe.Books.Single().Withdrawn);
        await shop.ShouldHoldAsync();
    }

    private static async Task<(string Order, string Capture)> PaidByPayPalAsync(RunningShop shop, HttpClient ada)
    {
        var order = await ada.OrderAsync();
        await shop.PayPal.ApproveAsync(await ada.PayPalCheckoutAsync(order));
        await shop.SettleAsync();
        return (order, shop.PayPal.Captures.Single().Id);
    }

    private static async Task<(string Order, string Intent)> PaidByStripeAsync(RunningShop shop, HttpClient ada)
    {
        var order = await ada.OrderAsync();
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        return (order, shop.Stripe.Books.Single().PaymentIntentId);
    }

    private static async Task<(long Received, long Refunded, long Withdrawn)> SumsAsync(HttpClient ada, string order)
    {
        var payment = (await ada.ReadAsync($"api/orders/{order}"))["payment"]!;
        long Read(string name) => payment[name]!["amount"]!.GetValue<long>();
        return (Read("received"), Read("refunded"), Read("withdrawn"));
    }
}
