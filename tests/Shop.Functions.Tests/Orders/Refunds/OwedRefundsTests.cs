using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>What staff have promised is owed until it is done, once, from whatever captures there are.</summary>
public sealed class OwedRefundsTests
{
    private static readonly Order Paid = Unpaid.With(Capture());

    [Fact]
    public void A_promise_is_owed_until_refunds_for_it_add_up()
    {
        var order = Paid.With(Request(amount: 5_000));
        Owed(order).ShouldBe([("pi_1", "r1", 5_000L, 1)]);
        Owed(order.With(Refund(amount: 2_000, reference: "r1"))).ShouldBe([("pi_1", "r1", 3_000L, 1)]);
        Owed(order.With(Refund(amount: 2_000, reference: "r1"), Refund("re_2", amount: 3_000, status: FactStatus.Pending, reference: "r1"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_refund_made_at_the_provider_counts_but_keeps_no_promise()
    {
        var order = Paid.With(Request(amount: 5_000)).With(Refund(amount: 5_000));
        Owed(order).ShouldBe([("pi_1", "r1", 5_000L, 1)]);
        Settlement.Of(order).Refundable["GBP"].ShouldBe(Gross - 10_000);
    }

    [Fact]
    public void Never_more_is_owed_than_is_left()
    {
        var order = Paid.With(Request("r1", 5_000)).With(Request("r2", 7_000)).With(Refund(amount: 6_000));
        Owed(order).ShouldBe([("pi_1", "r1", 5_000L, 1), ("pi_1", "r2", 1_000L, 1)]);
        Settlement.Of(order).Refundable["GBP"].ShouldBe(0);
    }

    [Fact]
    public void Promises_in_parts_add_up_to_a_full_refund()
    {
        var order = Paid.With(Request("r1", 5_000)).With(Request("r2", 7_000));
        Settlement.Of(order).Refundable["GBP"].ShouldBe(0);
        var done = order.With(Refund("re_1", amount: 5_000, reference: "r1"), Refund("re_2", amount: 7_000, reference: "r2"));
        Settlement.Of(done).Payment.ShouldBe(PaymentStatus.Refunded);
        Owed(done).ShouldBeEmpty();
    }

    [Fact]
    public void A_promise_goes_over_more_than_one_capture()
    {
        var order = Unpaid.With(Capture("a", amount: 4_000), Capture("b", amount: 6_000, minute: 2)).With(Request(amount: 9_000));
        Owed(order).ShouldBe([("a", "r1", 4_000L, 1), ("b", "r1", 5_000L, 1)]);
        Settlement.Of(order).Refundable["GBP"].ShouldBe(1_000);
    }

    [Fact]
    public void A_promise_kept_from_a_capture_that_has_wholly_gone_back_is_kept()
    {
        var order = Unpaid.With(Capture("a", amount: 4_000), Capture("b", amount: 6_000, minute: 2)).With(Request(amount: 4_000));
        Owed(order.With(Refund(capture: "a", amount: 4_000, reference: "r1"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_refund_that_fails_after_it_succeeded_is_owed_again_three_times_at_most()
    {
        var order = Paid.With(Request(amount: 5_000)).With(Refund("re_1", amount: 5_000, reference: "r1"));
        Owed(order).ShouldBeEmpty();
        order = order.With(Refund("re_1", amount: 5_000, status: FactStatus.Failed, reference: "r1"));
        Owed(order).ShouldBe([("pi_1", "r1", 5_000L, 2)]);
        order = order.With(Refund("re_2", amount: 5_000, status: FactStatus.Failed, reference: "r1"), Refund("re_3", amount: 5_000, status: FactStatus.Failed, reference: "r1"));
        Owed(order).ShouldBeEmpty();
        Settlement.Of(order).ReviewReason.ShouldBe("refund_keeps_failing");
        Settlement.Of(order.Resolved(ReviewChoice.WriteOff)).Payment.ShouldBe(PaymentStatus.Paid);
        Owed(order.Resolved(ReviewChoice.Refund)).ShouldBe([("pi_1", "r1", 5_000L, 4)]);
    }

    [Fact]
    public void A_decision_that_was_stored_without_the_refund_it_is_about_still_counts()
    {
        var order = Paid.With(Request(amount: 5_000)).With([.. Enumerable.Range(1, 3).Select(i => Refund($"re_{i}", amount: 5_000, status: FactStatus.Failed, reference: "r1"))]);
        var stored = OrderEntity.Of(order.Resolved(ReviewChoice.Refund));
        stored.Resolutions = stored.Resolutions!.Replace(",\"reference\":\"r1\"", "", StringComparison.Ordinal);
        stored.Resolutions.ShouldContain("\"detail\":\"r1 3\"}");
        Owed(stored.ToOrder()).ShouldBe([("pi_1", "r1", 5_000L, 4)]);
        stored.ToOrder().Resolutions[0].Concerns.ShouldBe(Settlement.Of(order).Concerns);
    }

    [Fact]
    public void An_order_that_ends_sends_everything_back_once_promised_or_not()
    {
        var order = Paid.With(Request(amount: 5_000)).With(Refund(amount: 5_000, reference: "r1")).Cancel(Noon.AddHours(1));
        Owed(order).ShouldBe([("pi_1", "surplus", Gross - 5_000, 1)]);
        Owed(Paid.With(Request(amount: 5_000)).Cancel(Noon.AddHours(1))).ShouldBe([("pi_1", "surplus", Gross, 1)]);
    }

    [Fact]
    public void Keys_tell_refunds_apart_and_fit_every_provider()
    {
        var order = Paid.With(Capture("5TY05013RG002845M", minute: 9, provider: "paypal")).With(Request(OrderIds.RefundIdOf(Unpaid.Id, "k1"), 10)).With(Request(OrderIds.RefundIdOf(Unpaid.Id, "k2"), 10));
        var keys = Settlement.Of(order).Refunds.Select(refund => refund.IdempotencyKey).ToList();
        keys.Count.ShouldBe(3);
        keys.ShouldBeUnique();
        new OwedRefund(Capture(new string('x', 30)), new(99_999_999_999, "GBP"), OrderIds.RefundIdOf("o", "k"), 12).IdempotencyKey.Length.ShouldBeLessThanOrEqualTo(108);
    }

    private static List<(string Capture, string Reference, long Amount, int Attempt)> Owed(Order order) =>
        [.. Settlement.Of(order).Refunds.Select(refund => (refund.Capture.ObjectId, refund.Reference, refund.Amount.Amount, refund.Attempt))];
}
