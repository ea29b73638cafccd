using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>Parts of payments: a fact counts for the amount that it is about, and for no more.</summary>
public sealed class PartsTests
{
    private static readonly Order Paid = Unpaid.With(Capture());
    private static readonly Order Paid2499 = Unpaid with { Gross = 2_499, Ledger = [Capture(amount: 2_499)] };
    private static readonly OrderSight Customer = new(Delivery: true, Refunds: true, Reasons: false);

    [Fact]
    [Cell(MoneyCase.ReversedInPart)]
    public void Of_24_99_paid_and_5_00_reversed_19_99_is_left_to_keep_to_refund_or_to_send_back()
    {
        var order = Paid2499.With(Reversal(amount: 500));
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed_in_part");
        Shown(order).ShouldBe((2_499, 0, 500));

        var accepted = order.Resolved(ReviewChoice.Accept);
        Expect(accepted, PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled).Refundable["GBP"].ShouldBe(1_999);
        RefundDecision.Of(accepted, new("other"), "rr_1", "grace", Noon.AddHours(1), []).ShouldBeOfType<RefundDecision.Promise>().Request.Amount.ShouldBe(1_999);
        Settlement.Of(accepted.Cancel(Noon.AddHours(2))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(1_999);
        Settlement.Of(order.Resolved(ReviewChoice.Refund).Cancel(Noon.AddHours(2))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(1_999);
    }

    [Fact]
    public void Who_accepts_that_a_part_was_taken_has_not_accepted_that_the_rest_is()
    {
        var accepted = Paid2499.With(Reversal(amount: 500)).Resolved(ReviewChoice.Accept);
        Expect(accepted.With(Reversal("rv_2", amount: 1)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed_in_part");
        var whole = accepted.With(Reversal("rv_2", amount: 1_999));
        Expect(whole, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed");
        Shown(whole).ShouldBe((2_499, 0, 2_499));
        Expect(whole.With(Reversal("rv_3", amount: 1)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).Concerns.Select(concern => concern.Case)
            .ShouldBe([MoneyCase.Reversed, MoneyCase.ReturnedTooMuch]);
    }

    [Fact]
    public void Money_that_was_accepted_although_it_was_odd_pays_nothing_once_it_is_taken_back_and_written_off()
    {
        var order = Unpaid.With(Capture(amount: 100)).Resolved(ReviewChoice.Accept).With(Reversal(amount: 100));
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed");
        Expect(order.Resolved(ReviewChoice.WriteOff, minute: 30), PaymentStatus.Failed, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeFalse();
        Expect(order.Resolved(ReviewChoice.Accept, minute: 30), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    public void Money_that_was_accepted_although_it_was_odd_pays_nothing_once_a_lost_dispute_has_taken_it()
    {
        var order = Unpaid.With(Capture(amount: 100)).Resolved(ReviewChoice.Accept).With(Dispute(FactStatus.Lost, amount: 100).SettledSince(2), Reversal(amount: 100));
        Expect(order, PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeFalse();
    }

    [Fact]
    public void A_part_that_is_reversed_and_refunded_as_well_is_too_much() =>
        Expect(Paid.With(Refund(amount: 10_000), Reversal(amount: 2_001)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled)
            .Concerns.ShouldContain(new ReviewConcern(MoneyCase.ReturnedTooMuch, "capture:stripe:pi_1", "12001 returned"));

    [Fact]
    [Cell(MoneyCase.DisputeLost)]
    public void A_whole_refund_during_a_paypal_dispute_that_the_buyer_then_wins_went_back_once()
    {
        var opened = Paid.With(Dispute(FactStatus.Open, minute: 3).SettledSince(3));
        var order = opened.With(Refund(minute: 5), Dispute(FactStatus.Lost, minute: 9).SettledSince(3));
        Expect(order, PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).Concerns.ShouldBeEmpty();
        Shown(order).ShouldBe((Gross, Gross, 0));
        // In part, and with PayPal taking the other part itself.
        var shared = opened.With(Refund(amount: 4_000, minute: 5), Reversal(amount: 8_000), Dispute(FactStatus.Lost, minute: 9).SettledSince(3));
        Expect(shared, PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).Concerns.ShouldBeEmpty();
        Shown(shared).ShouldBe((Gross, 4_000, 8_000));
        // What was refunded before the dispute is other money.
        Expect(opened.With(Refund(minute: 2), Dispute(FactStatus.Lost, minute: 9).SettledSince(3)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled)
            .ReviewReason.ShouldBe("refunded_too_much");
    }

    [Fact]
    public void What_this_shop_sends_back_after_a_paypal_dispute_was_lost_is_further_money()
    {
        var lost = Paid.With(Dispute(FactStatus.Lost, amount: 5_000, minute: 9).SettledSince(3));
        CaptureAccount With(params ImmutableArray<LedgerEntry> facts) => CaptureAccount.AllOf(lost.With(facts)).Single();
        With(Refund(amount: 5_000, minute: 9, reference: "r1")).Returned.ShouldBe(5_000);
        With(Refund(amount: 5_000, minute: 10, reference: "r1")).Returned.ShouldBe(10_000);
        // PayPal may carry out its decision a moment later; and whoever tells of the loss once more has not moved it.
        With(Refund(amount: 5_000, minute: 10)).Returned.ShouldBe(5_000);
        With(Dispute(FactStatus.Lost, amount: 5_000, minute: 20).SettledSince(3), Refund(amount: 5_000, minute: 10, reference: "r1")).Returned.ShouldBe(10_000);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(3)]
    public void Whether_refunds_settle_a_dispute_is_said_by_the_latest_word_about_it(int minute)
    {
        // Stripe tells of a dispute that a rule has settled before it tells of the money that it took for it.
        var (before, after) = (Dispute(FactStatus.Lost, minute: 3).SettledSince(3), Dispute(FactStatus.Lost, minute: minute));
        Unpaid.With(before, after).Ledger.ShouldHaveSingleItem().SettledByRefundsSince.ShouldBeNull();
        Unpaid.With(after, before).Ledger.ShouldBe(Unpaid.With(before, after).Ledger);
    }

    [Fact]
    public void At_stripe_a_refund_and_a_lost_dispute_are_different_money() =>
        Expect(Paid.With(Dispute(FactStatus.Lost), Refund(minute: 9)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("refunded_too_much");

    [Fact]
    public void A_refund_settles_one_of_two_disputes_and_not_both()
    {
        LedgerEntry Lost(string id, int since) => Dispute(FactStatus.Lost, amount: 5_000, minute: 9).SettledSince(since) with { ObjectId = id };
        var order = Paid.With(Lost("dp_1", since: 2), Lost("dp_2", since: 6), Refund(amount: 5_000, minute: 7));
        new CaptureAccount(order.Ledger[0], order.Ledger.RemoveAt(0)).Returned.ShouldBe(10_000);
        order = Paid.With(Lost("dp_1", since: 2), Lost("dp_2", since: 6), Refund(amount: 5_000, minute: 7), Refund("re_2", amount: 5_000, minute: 4));
        new CaptureAccount(order.Ledger[0], order.Ledger.RemoveAt(0)).Returned.ShouldBe(10_000);
    }

    [Fact]
    [Cell(MoneyCase.DisputeLostInPart)]
    public void A_dispute_lost_for_nearly_all_of_a_payment_holds_the_goods_until_a_person_decides()
    {
        var order = Paid.With(Dispute(FactStatus.Lost, amount: Gross - 1));
        var settlement = Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        (settlement.MayShip, settlement.ReviewReason, settlement.Refundable["GBP"]).ShouldBe((false, "dispute_lost_in_part", 1));
        Expect(order.With(Parcel()), PaymentStatus.NeedsReview, FulfilmentStatus.Shipped);

        Expect(order.Resolved(ReviewChoice.Accept), PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled).MayShip.ShouldBeTrue();
        Settlement.Of(order.Resolved(ReviewChoice.Refund).Cancel(Noon.AddHours(1))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(1);
        // Lost by more than was accepted.
        Expect(Paid.With(Dispute(FactStatus.Lost, amount: 500)).Resolved(ReviewChoice.Accept).With(Dispute(FactStatus.Lost, amount: 11_000, minute: 9)),
            PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    public void A_part_that_a_dispute_takes_is_one_question_although_paypal_tells_of_it_twice()
    {
        var order = Paid.With(Reversal(amount: 500), Dispute(FactStatus.Lost, amount: 500).SettledSince(2));
        Expect(order, PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).Concerns.ShouldHaveSingleItem().Case.ShouldBe(MoneyCase.DisputeLostInPart);
        Shown(order).ShouldBe((Gross, 0, 500));
    }

    [Fact]
    public void While_a_part_is_disputed_nothing_of_the_payment_is_refunded()
    {
        var order = Paid.With(Request(amount: 1_000)).With(Dispute(FactStatus.Open, amount: 500));
        var settlement = Expect(order, PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled);
        settlement.Refundable["GBP"].ShouldBe(0);
        settlement.Refunds.ShouldBeEmpty();
        Settlement.Of(order.Cancel(Noon.AddHours(1))).Refunds.ShouldBeEmpty();
        Settlement.Of(order.With(Dispute(FactStatus.Won, amount: 500, minute: 9))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(1_000);
    }

    [Fact]
    [Cell(MoneyCase.Inquiry)]
    public void A_question_holds_the_goods_and_is_best_answered_by_a_refund()
    {
        var order = Paid.With(Dispute(FactStatus.Inquiry));
        var settlement = Expect(order, PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled);
        (settlement.MayShip, settlement.Refundable["GBP"]).ShouldBe((false, Gross));
        Settlement.Of(order.With(Request(amount: 1_000))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(1_000);
        Settlement.Of(order.Cancel(Noon.AddHours(1))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(Gross);

        var escalated = order.With(Dispute(FactStatus.Open, minute: 9));
        Expect(escalated, PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled).Refundable["GBP"].ShouldBe(0);
        escalated.Journal[^1].Kind.ShouldBe("dispute_open");
        Expect(order.With(Dispute(FactStatus.Won, minute: 9)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        Expect(order.With(Refund(minute: 8)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);
        Expect(order.With(Refund(minute: 8), Dispute(FactStatus.Won, minute: 9)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);
    }

    [Fact]
    public void Paypal_refunds_no_part_while_there_is_a_question_so_a_part_waits()
    {
        var order = Paid.With(Dispute(FactStatus.Inquiry).SettledSince(3)).With(Request(amount: 1_000));
        Settlement.Of(order).Refunds.ShouldBeEmpty();
        // It is promised while it waits: the same money is not there for somebody else to promise.
        Settlement.Of(order).Refundable["GBP"].ShouldBe(Gross - 1_000);
        OrderView.Of(order, Customer).Refunds!.Value.ShouldHaveSingleItem().Status.ShouldBe(RefundProgress.Requested);
        Settlement.Of(order.With(Dispute(FactStatus.Won, minute: 9))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(1_000);
        Settlement.Of(Paid.With(Dispute(FactStatus.Inquiry).SettledSince(3)).With(Request(all: true))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(Gross);
        Settlement.Of(order.Cancel(Noon.AddHours(1))).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(Gross);
    }

    private static (long Received, long Refunded, long Withdrawn) Shown(Order order)
    {
        var payment = OrderView.Of(order, Customer).Payment;
        return (payment.Received.Amount, payment.Refunded.Amount, payment.Withdrawn.Amount);
    }

    private static Settlement Expect(Order order, PaymentStatus payment, FulfilmentStatus fulfilment)
    {
        var settlement = Settlement.Of(order);
        (settlement.Payment, settlement.Fulfilment).ShouldBe((payment, fulfilment));
        return settlement;
    }
}
