using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>What a provider takes back by itself: of the money that pays, of money beside it, and won again.</summary>
public sealed class ReversalTests
{
    private static readonly Order Paid = Unpaid.With(Capture());
    private static readonly Order Shipped = Paid.With(Parcel());

    [Fact]
    [Cell(MoneyCase.Reversed)]
    public void A_capture_that_is_reversed_needs_a_person_who_decides_whether_the_goods_go()
    {
        var order = Unpaid.With(Capture(status: FactStatus.Pending), Capture(status: FactStatus.Reversed));
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed");
        Expect(order.Resolved(ReviewChoice.Accept), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        Expect(order.Resolved(ReviewChoice.WriteOff), PaymentStatus.Failed, FulfilmentStatus.Unfulfilled).AwaitsPayment.ShouldBeTrue();
        Expect(order.Resolved(ReviewChoice.Refund).Cancel(Noon.AddHours(1)), PaymentStatus.Cancelled, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();
        Expect(Shipped.With(Capture(status: FactStatus.Reversed)), PaymentStatus.NeedsReview, FulfilmentStatus.Shipped);
        Expect(Shipped.With(Capture(status: FactStatus.Reversed)).Resolved(ReviewChoice.WriteOff), PaymentStatus.Failed, FulfilmentStatus.Shipped).AwaitsPayment.ShouldBeFalse();
    }

    [Fact]
    public void A_capture_that_is_reversed_after_a_refund_is_money_lost_twice()
    {
        Expect(Paid.With(Refund(), Capture(status: FactStatus.Reversed)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        Expect(Cancelled.With(Capture(status: FactStatus.Reversed), Refund()), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed");
    }

    [Fact]
    [Cell(MoneyCase.ReversedWithoutHarm)]
    public void A_reversal_of_money_that_was_not_ours_or_that_a_lost_dispute_explains_needs_nobody()
    {
        Expect(Paid.With(Capture("pi_2", FactStatus.Reversed, minute: 5)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();
        Expect(Cancelled.With(Capture(status: FactStatus.Reversed)), PaymentStatus.Cancelled, FulfilmentStatus.Unfulfilled);
        Expect(Unpaid.With(Capture(status: FactStatus.Reversed), Dispute(FactStatus.Lost)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    [Cell(MoneyCase.ReversalUndone)]
    public void What_was_taken_back_of_money_that_is_not_ours_and_won_in_the_dispute_is_seen_to_at_the_provider()
    {
        var ended = Cancelled.With(Capture(), Reversal(), Dispute(FactStatus.Won, minute: 9));
        foreach (var (order, payment) in new[]
        {
            (ended, PaymentStatus.Cancelled),
            (Cancelled.With(Capture(status: FactStatus.Reversed), Dispute(FactStatus.Won, minute: 9)), PaymentStatus.Cancelled),
            (Paid.With(Capture("pi_2", minute: 5), Reversal(capture: "pi_2"), Dispute(FactStatus.Won, "pi_2", minute: 9)), PaymentStatus.Paid),
        })
        {
            var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
            (settlement.ReviewReason, settlement.Refunds.IsEmpty).ShouldBe(("reversal_undone", true));
            ReviewDecision.ChoicesOf(order, settlement.Concerns).ShouldBe([ReviewChoice.Accept, ReviewChoice.WriteOff]);
            Expect(order.Resolved(ReviewChoice.Accept), payment, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();
        }

        // The person sends it back at the provider, which is all that is to be done.
        Expect(ended.With(Refund(minute: 10)), PaymentStatus.Cancelled, FulfilmentStatus.Unfulfilled).Concerns.ShouldBeEmpty();
        Expect(ended.With(Refund(minute: 10, amount: Gross + 1)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        // Less was won than was taken, or it was lost after all.
        Expect(Cancelled.With(Capture(), Reversal(), Dispute(FactStatus.Won, amount: 1, minute: 9)), PaymentStatus.Cancelled, FulfilmentStatus.Unfulfilled);
        Expect(ended.With(Dispute(FactStatus.Lost, minute: 11)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    [Cell(MoneyCase.ReversalUndone)]
    public void What_was_taken_back_and_won_is_asked_about_again_when_the_order_ends()
    {
        var open = Paid.With(Reversal(), Dispute(FactStatus.Won, minute: 9));
        var settlement = Expect(open, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        settlement.Concerns.Select(concern => concern.Case).ShouldBe([MoneyCase.Reversed, MoneyCase.ReversalUndone]);
        ReviewDecision.ChoicesOf(open, settlement.Concerns).ShouldBe([ReviewChoice.Accept, ReviewChoice.WriteOff], "to end the order would send nothing back");
        var accepted = open.Resolved(ReviewChoice.Accept);
        Expect(accepted, PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeTrue();
        Expect(accepted.Cancel(Noon.AddHours(2)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("reversal_undone");
        // It was written off before anybody knew.
        var written = Paid.With(Reversal()).Resolved(ReviewChoice.WriteOff).With(Dispute(FactStatus.Won, minute: 30));
        Expect(written, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("reversal_undone");
    }

    [Fact]
    [Cell(MoneyCase.ReversalUndone)]
    public void Of_a_part_that_was_taken_back_and_won_the_rest_goes_back_by_itself()
    {
        var order = Cancelled.With(Capture(), Reversal(amount: 5_000), Dispute(FactStatus.Won, amount: 5_000, minute: 9));
        var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        (settlement.ReviewReason, settlement.Refunds.ShouldHaveSingleItem().Amount.Amount).ShouldBe(("reversal_undone", 7_000));
        var sent = order.With(Refund(amount: 7_000, minute: 10, reference: OwedRefund.Surplus));
        Settlement.Of(sent).Concerns.ShouldBe(settlement.Concerns);
        Settlement.Of(sent.With(Refund("re_2", amount: 5_000, minute: 11))).Concerns.ShouldBeEmpty();
    }

    [Theory]
    [Cell(MoneyCase.SecondPayment)]
    [InlineData(FactStatus.Pending)]
    [InlineData(FactStatus.Succeeded)]
    public void A_second_payment_that_has_gone_back_pays_nothing_when_the_first_is_taken_back(FactStatus status)
    {
        var order = Shipped.With(Capture("pi_2", minute: 5), Refund(capture: "pi_2", status: status, minute: 6, reference: OwedRefund.Surplus), Reversal(minute: 9));
        var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Shipped);
        settlement.Concerns.ShouldBe([new(MoneyCase.Reversed, "capture:stripe:pi_1")]);
        settlement.Refunds.ShouldBeEmpty();
        Expect(order.Resolved(ReviewChoice.WriteOff), PaymentStatus.Failed, FulfilmentStatus.Shipped).Refunds.ShouldBeEmpty();
        // It did not get there after all: the second payment is here, and pays.
        Expect(order.With(Refund(capture: "pi_2", status: FactStatus.Failed, minute: 6, reference: OwedRefund.Surplus)), PaymentStatus.Paid, FulfilmentStatus.Shipped)
            .Concerns.ShouldBeEmpty();
        // A part did: the rest goes back as well.
        var parts = Shipped.With(Capture("pi_2", minute: 5), Refund(capture: "pi_2", status: status, amount: 4_000, minute: 6, reference: OwedRefund.Surplus), Reversal(minute: 9));
        Expect(parts, PaymentStatus.NeedsReview, FulfilmentStatus.Shipped).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(8_000);
    }

    /// <summary>As PayPal tells that it took the first payment back: by the parts that it took, or of the payment itself.</summary>
    public static TheoryData<ImmutableArray<LedgerEntry>> TakenFirst => new(
        [Reversal(minute: 9)],
        [Reversal(amount: 5_000, minute: 4), Reversal("rv_2", amount: 7_000, minute: 9)],
        [Capture(status: FactStatus.Reversed, minute: 9)]);

    [Theory]
    [Cell(MoneyCase.SecondPayment)]
    [MemberData(nameof(TakenFirst))]
    public void A_second_payment_that_people_sent_back_at_the_provider_pays_nothing_when_the_first_is_taken_back(ImmutableArray<LedgerEntry> taken)
    {
        foreach (var refund in new[] { Refund(capture: "pi_2", minute: 6), Refund(capture: "pi_2", status: FactStatus.Pending, minute: 6) })
        {
            var order = Shipped.With([Capture("pi_2", minute: 5), refund, .. taken]);
            var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Shipped);
            settlement.Concerns.ShouldBe([new(MoneyCase.Reversed, "capture:stripe:pi_1")]);
            settlement.Refunds.ShouldBeEmpty();
            ImmutableArray<LedgerEntry> retold = [.. taken.Reverse(), refund, Capture("pi_2", minute: 5), Capture()];
            Settlement.Of(Unpaid.With(retold)).Concerns.ShouldBe(settlement.Concerns);
            Expect(order.Resolved(ReviewChoice.Accept), PaymentStatus.Paid, FulfilmentStatus.Shipped).Refunds.ShouldBeEmpty();
            Expect(order.Resolved(ReviewChoice.WriteOff), PaymentStatus.Failed, FulfilmentStatus.Shipped).Refunds.ShouldBeEmpty();
            // Who pays once more after that has paid.
            Expect(order.Resolved(ReviewChoice.WriteOff).With(Capture("pi_3", minute: 30)), PaymentStatus.Paid, FulfilmentStatus.Shipped).Refunds.ShouldBeEmpty();
        }

        var parts = Shipped.With([Capture("pi_2", minute: 5), Refund(capture: "pi_2", amount: 4_000, minute: 6), .. taken]);
        Expect(parts, PaymentStatus.NeedsReview, FulfilmentStatus.Shipped).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(8_000, "the rest goes back as well");
    }

    [Fact]
    public void A_second_payment_that_people_sent_back_does_not_take_the_place_of_what_was_accepted_although_it_was_too_little() =>
        Expect(
            Unpaid.With(Capture(amount: 9_000)).Resolved(ReviewChoice.Accept, minute: 3).With(Capture("pi_2", minute: 5), Refund(capture: "pi_2", minute: 6), Reversal(amount: 9_000, minute: 9)),
            PaymentStatus.NeedsReview,
            FulfilmentStatus.Unfulfilled).Concerns.ShouldBe([new(MoneyCase.Reversed, "capture:stripe:pi_1")]);

    [Fact]
    public void What_pays_in_the_place_of_a_payment_that_was_taken_back_is_refunded_at_the_provider_like_any_other()
    {
        Expect(Shipped.With(Reversal(minute: 9), Capture("pi_2", minute: 5), Refund(capture: "pi_2", minute: 10)), PaymentStatus.Refunded, FulfilmentStatus.Shipped);
        Expect(Shipped.With(Refund()), PaymentStatus.Refunded, FulfilmentStatus.Shipped);
        // It is the first that was sent back here, and the second that was taken.
        Expect(Shipped.With(Refund(), Capture("pi_2", minute: 5), Reversal(capture: "pi_2", minute: 9)), PaymentStatus.Refunded, FulfilmentStatus.Shipped);
    }

    /// <summary>As PayPal tells of it, by the parts that it took or of the payment itself, and as Stripe does, by a dispute that was lost.</summary>
    public static TheoryData<string?, LedgerEntry> TakenTwice => new(
        from reference in (string?[])[null, OwedRefund.Surplus]
        from taken in (LedgerEntry[])[Reversal(capture: "pi_2", minute: 9), Capture("pi_2", FactStatus.Reversed, minute: 9), Dispute(FactStatus.Lost, "pi_2", minute: 9)]
        select (reference, taken));

    [Theory]
    [MemberData(nameof(TakenTwice))]
    public void Who_accepts_that_a_second_payment_went_back_twice_does_not_send_the_first_back(string? reference, LedgerEntry taken)
    {
        var order = Paid.With(Capture("pi_2", minute: 5), Refund(capture: "pi_2", minute: 6, reference: reference), taken);
        var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        settlement.Concerns.ShouldAllBe(concern => concern.Fact == "capture:stripe:pi_2");
        ReviewDecision.ChoicesOf(order, settlement.Concerns).ShouldBe([ReviewChoice.Accept, ReviewChoice.Refund, ReviewChoice.WriteOff]);
        foreach (var decision in (ReviewChoice[])[ReviewChoice.Accept, ReviewChoice.WriteOff])
        {
            var decided = Expect(order.Resolved(decision), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
            (decided.Refunds.IsEmpty, decided.MayShip).ShouldBe((true, true));
        }
    }

    [Fact]
    public void Who_accepts_that_a_second_payment_went_back_twice_is_asked_when_the_first_is_taken_back_as_well() =>
        Expect(
            Shipped.With(Capture("pi_2", minute: 5), Refund(capture: "pi_2", minute: 6), Reversal(capture: "pi_2")).Resolved(ReviewChoice.Accept).With(Reversal("rv_2", minute: 30)),
            PaymentStatus.NeedsReview,
            FulfilmentStatus.Shipped).Concerns.ShouldContain(new ReviewConcern(MoneyCase.Reversed, "capture:stripe:pi_1"));

    [Fact]
    public void Who_accepts_that_a_second_payment_went_back_twice_keeps_what_was_accepted_although_it_was_too_little()
    {
        var order = Unpaid.With(Capture(amount: 9_000)).Resolved(ReviewChoice.Accept, minute: 3).With(Capture("pi_2", minute: 5), Refund(capture: "pi_2", minute: 6), Reversal(capture: "pi_2"));
        MoneyRules.Paying(order.Resolved(ReviewChoice.Accept), CaptureAccount.AllOf(order)).ShouldBe(["capture:stripe:pi_1"]);
    }

    [Fact]
    public void Who_accepts_that_all_payments_are_gone_lets_the_goods_go()
    {
        var order = Paid.With(Refund(), Reversal(), Capture("pi_2", minute: 5), Refund("re_2", "pi_2", minute: 6), Reversal("rv_2", "pi_2"));
        Expect(order.Resolved(ReviewChoice.Accept), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeTrue();
    }

    [Fact]
    public void Who_accepts_that_the_first_payment_went_back_twice_does_not_send_the_second_back()
    {
        var order = Shipped.With(Refund(), Reversal(), Capture("pi_2", minute: 5));
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Shipped).Concerns.ShouldAllBe(concern => concern.Fact == "capture:stripe:pi_1");
        var accepted = order.Resolved(ReviewChoice.Accept);
        Expect(accepted, PaymentStatus.Paid, FulfilmentStatus.Shipped).Refunds.ShouldBeEmpty();
        Expect(accepted.With(Reversal("rv_2", "pi_2", minute: 30)), PaymentStatus.NeedsReview, FulfilmentStatus.Shipped).Concerns.ShouldContain(new ReviewConcern(MoneyCase.Reversed, "capture:stripe:pi_2"));
    }

    [Fact]
    public void A_second_payment_that_has_gone_back_pays_nothing_when_it_turns_out_to_be_the_earlier_one()
    {
        var order = Unpaid.With(Capture(minute: 5), Capture("pi_2", minute: 9), Refund(capture: "pi_2", minute: 10, reference: OwedRefund.Surplus), Capture("pi_2", minute: 1));
        order.Ledger.Single(fact => fact.ObjectId == "pi_2").At.ShouldBe(Noon.AddMinutes(1));
        var settlement = Expect(order, PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        (settlement.Refunds.IsEmpty, settlement.MayShip).ShouldBe((true, true));
    }

    private static Settlement Expect(Order order, PaymentStatus payment, FulfilmentStatus fulfilment)
    {
        var settlement = Settlement.Of(order);
        (settlement.Payment, settlement.Fulfilment).ShouldBe((payment, fulfilment));
        return settlement;
    }
}
