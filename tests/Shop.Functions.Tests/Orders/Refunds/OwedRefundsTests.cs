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
        Owed(order.With(Refund(amount: 2_000, reference: "r1"))).ShouldBe([("pi_1", "r1", 3_000L, 2)]);
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
    public void The_second_half_of_a_payment_does_not_go_back_under_the_key_of_the_first()
    {
        const long Half = Gross / 2;
        static string Key(Order order) => Settlement.Of(order).Refunds.ShouldHaveSingleItem().IdempotencyKey;

        // The promised half is on its way when the order ends: the other one goes back first, and then the promised one fails.
        var ended = Paid.With(Request(amount: Half)).With(Refund("re_1", amount: Half, status: FactStatus.Pending, reference: "r1")).Cancel(Noon.AddHours(1));
        var first = Key(ended);
        var sent = ended.With(Refund("re_2", amount: Half, reference: OwedRefund.Surplus));
        Owed(sent).ShouldBeEmpty();
        var failed = sent.With(Refund("re_1", amount: Half, status: FactStatus.Failed, reference: "r1"));
        Owed(failed).Select(owed => (owed.Reference, owed.Amount)).ShouldBe([("surplus", Half)]);
        Key(failed).ShouldNotBe(first);

        // A bank asks for the one half, the other one goes back, and the bank does not get it.
        var lost = Paid.Cancel(Noon.AddHours(1)).With(Dispute(FactStatus.Lost, amount: Half));
        var won = lost.With(Refund("re_1", amount: Half, reference: OwedRefund.Surplus), Dispute(FactStatus.Won, amount: Half, minute: 9));
        Key(won).ShouldNotBe(Key(lost));

        // Of one promise as well: what has gone back of it and what is still owed are two refunds.
        var promised = Paid.With(Request()).With(Refund("re_1", amount: Half));
        var rest = promised.With(Refund("re_2", amount: Half, reference: "r1"), Refund("re_1", amount: Half, status: FactStatus.Failed));
        Owed(rest).Select(owed => (owed.Reference, owed.Amount)).ShouldBe([("r1", Half)]);
        Key(rest).ShouldNotBe(Key(promised));
    }

    [Fact]
    public void Two_promises_that_fail_one_after_the_other_once_the_order_has_ended_go_back_under_two_keys()
    {
        const long Quarter = Gross / 4;
        var ended = Paid.With(Request("r1", Quarter)).With(Request("r2", Quarter))
            .With(Refund("re_1", amount: Quarter, status: FactStatus.Pending, reference: "r1"), Refund("re_2", amount: Quarter, status: FactStatus.Pending, reference: "r2"))
            .Cancel(Noon.AddHours(1));
        var keys = new List<string>();
        foreach (var id in (string[])["", "re_1", "re_2"])
        {
            if (id.Length > 0) ended = ended.With(Refund(id, amount: Quarter, status: FactStatus.Failed, reference: id.Replace("re_", "r", StringComparison.Ordinal)));
            var owed = Settlement.Of(ended).Refunds.ShouldHaveSingleItem();
            keys.Add(owed.IdempotencyKey);
            ended = ended.With(Refund($"re_back_{id}", amount: owed.Amount.Amount, status: FactStatus.Pending, reference: OwedRefund.Surplus));
            // However it goes on with what is on its way, it is the same refund, and nothing is owed for it.
            Owed(ended).ShouldBeEmpty();
            ended = ended.With(Refund($"re_back_{id}", amount: owed.Amount.Amount, reference: OwedRefund.Surplus));
            Owed(ended).ShouldBeEmpty();
        }

        keys.ShouldBeUnique();
    }

    [Fact]
    public void A_refund_that_was_made_before_is_no_try_that_failed()
    {
        const long Half = Gross / 2;
        var order = Paid.Cancel(Noon.AddHours(1)).With(Dispute(FactStatus.Lost, amount: Half), Refund("re_0", amount: Half, reference: OwedRefund.Surplus), Dispute(FactStatus.Won, amount: Half, minute: 9));
        string Why(Order owing) => Shop.Functions.Orders.Reviews.ReviewView.Of(owing, null, Noon.AddHours(9))!.Owed.ShouldHaveSingleItem().Why;
        Why(order).ShouldBe("not_sent");
        for (var i = 1; i < OwedRefunds.Attempts; i++) order = order.With(Refund($"re_{i}", amount: Half, status: FactStatus.Failed, reference: OwedRefund.Surplus));
        Why(order).ShouldBe("refund_failed");
        Settlement.Of(order).Concerns.ShouldBeEmpty("what succeeded is none of the three tries");
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

    private static List<(string Capture, string Reference, long Amount, int Number)> Owed(Order order) =>
        [.. Settlement.Of(order).Refunds.Select(refund => (refund.Capture.ObjectId, refund.Reference, refund.Amount.Amount, refund.Number))];
}
