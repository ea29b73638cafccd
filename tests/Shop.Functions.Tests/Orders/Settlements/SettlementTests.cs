using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>One test for each cell of the table "what money means to an order".</summary>
public sealed class SettlementTests
{
    [Fact]
    public void Nothing_received_awaits_payment() => Expect(Unpaid, PaymentStatus.Awaiting, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_pending_capture_is_not_paid() =>
        Expect(Unpaid.With(Capture(status: FactStatus.Pending)), PaymentStatus.Pending, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void The_whole_total_pays_the_order() => Expect(Unpaid.With(Capture()), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_late_pending_does_not_unpay() =>
        Expect(Unpaid.With(Capture(), Capture(status: FactStatus.Pending, minute: 9)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_denied_capture_fails_the_payment_when_no_checkout_is_open() =>
        Expect(Unpaid.With(Checkout(state: CheckoutState.Completed)).With(Capture(status: FactStatus.Denied)), PaymentStatus.Failed, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_denied_capture_leaves_the_order_waiting_while_another_checkout_is_open() =>
        Expect(Unpaid.With(Checkout(2)).With(Capture(status: FactStatus.Denied)), PaymentStatus.Awaiting, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_second_payment_goes_back_and_the_first_stands()
    {
        var order = Unpaid.With(Capture("pi_2", minute: 5), Capture("pi_1", minute: 1));
        var settlement = Expect(order, PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        var refund = settlement.Refunds.ShouldHaveSingleItem();
        refund.Capture.ObjectId.ShouldBe("pi_2");
        refund.Amount.ShouldBe(new(Gross, "GBP"));
    }

    [Fact]
    public void A_payment_after_cancelling_goes_back() =>
        Expect(Cancelled.With(Capture()), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled).Refunds.ShouldHaveSingleItem().Amount.Amount.ShouldBe(Gross);

    [Fact]
    public void A_cancelled_order_whose_money_went_back_is_refunded() =>
        Expect(Cancelled.With(Capture(), Refund()), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();

    [Fact]
    public void A_refund_on_its_way_is_not_owed_again() =>
        Settlement.Of(Cancelled.With(Capture(), Refund(status: FactStatus.Pending))).Refunds.ShouldBeEmpty();

    [Fact]
    public void A_refund_that_failed_is_owed_again_under_another_key()
    {
        var first = Settlement.Of(Cancelled.With(Capture())).Refunds.ShouldHaveSingleItem();
        var second = Settlement.Of(Cancelled.With(Capture(), Refund(status: FactStatus.Failed))).Refunds.ShouldHaveSingleItem();
        second.Amount.ShouldBe(first.Amount);
        second.IdempotencyKey.ShouldNotBe(first.IdempotencyKey);
    }

    [Fact]
    public void A_refund_that_keeps_failing_needs_a_person()
    {
        var failures = Enumerable.Range(1, OwedRefunds.Attempts).Select(i => Refund($"re_{i}", status: FactStatus.Failed));
        var settlement = Expect(Cancelled.With(Capture()).With([.. failures]), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        settlement.Refunds.ShouldBeEmpty();
        settlement.ReviewReason.ShouldBe("refund_keeps_failing");
    }

    [Theory]
    [InlineData(Gross - 1, "GBP", "paid_too_little")]
    [InlineData(Gross + 1, "GBP", "paid_too_much")]
    [InlineData(Gross, "EUR", "wrong_currency")]
    public void Money_that_does_not_fit_needs_a_person_and_nothing_ships(long amount, string currency, string reason)
    {
        var settlement = Expect(Unpaid.With(Capture(amount: amount, currency: currency)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled);
        settlement.ReviewReason.ShouldBe(reason);
        settlement.Refunds.ShouldBeEmpty();
    }

    [Fact]
    public void A_short_payment_goes_back_once_the_whole_total_has_come() =>
        Expect(Unpaid.With(Capture("pi_0", amount: 1, minute: 0), Capture()), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled)
            .Refunds.ShouldHaveSingleItem().Capture.ObjectId.ShouldBe("pi_0");

    [Fact]
    public void A_refund_in_part_leaves_the_order_partly_refunded() =>
        Expect(Unpaid.With(Capture(), Refund(amount: 500)), PaymentStatus.PartlyRefunded, FulfilmentStatus.Unfulfilled).Refunds.ShouldBeEmpty();

    [Fact]
    public void Refunds_in_parts_add_up_to_a_full_one() =>
        Expect(Unpaid.With(Capture(), Refund("re_1", amount: 4_000), Refund("re_2", amount: 8_000)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_refund_that_failed_after_it_succeeded_counts_as_failed() =>
        Expect(Unpaid.With(Capture(), Refund(), Refund(status: FactStatus.Failed)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void More_refunded_than_received_needs_a_person() =>
        Expect(Unpaid.With(Capture(), Refund(amount: Gross + 1)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("refunded_too_much");

    [Fact]
    public void A_reversed_capture_needs_a_person() =>
        Expect(Unpaid.With(Capture(status: FactStatus.Reversed)), PaymentStatus.NeedsReview, FulfilmentStatus.Unfulfilled).ReviewReason.ShouldBe("capture_reversed");

    [Fact]
    public void An_open_dispute_holds_the_goods() =>
        Expect(Unpaid.With(Capture(), Dispute(FactStatus.Open)), PaymentStatus.Disputed, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void A_dispute_that_is_won_releases_the_goods() =>
        Expect(Unpaid.With(Capture(), Dispute(FactStatus.Won), Dispute(FactStatus.Open)), PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);

    [Theory]
    [InlineData(FactStatus.Open, 0)]
    [InlineData(FactStatus.Lost, 0)]
    [InlineData(FactStatus.Won, 1)]
    public void A_second_payment_goes_back_once_by_the_bank_or_by_us_and_the_order_stays_paid(FactStatus status, int refunds)
    {
        var order = Unpaid.With(Capture(), Capture("pi_2", minute: 2), Dispute(status, "pi_2"));
        Expect(order, PaymentStatus.Paid, FulfilmentStatus.Unfulfilled);
        Settlement.Of(order).Refunds.Length.ShouldBe(refunds);
    }

    [Fact]
    public void A_dispute_that_is_lost_is_money_gone() =>
        Expect(Unpaid.With(Capture(), Dispute(FactStatus.Lost)), PaymentStatus.Refunded, FulfilmentStatus.Unfulfilled);

    [Fact]
    public void An_order_that_expired_unpaid_says_so() =>
        Expect(Unpaid with { Closed = new Closing(Noon.AddHours(24), ClosingReason.Expired) }, PaymentStatus.Cancelled, FulfilmentStatus.Unfulfilled)
            .AwaitsPayment.ShouldBeFalse();

    [Fact]
    public void An_approved_checkout_is_captured_once_the_earliest_first()
    {
        var order = Unpaid.With(Checkout(2, CheckoutState.Approved, startedMinute: 2)).With(Checkout(1, CheckoutState.Approved)).With(Checkout(3, startedMinute: 0));
        Expect(order, PaymentStatus.Awaiting, FulfilmentStatus.Unfulfilled).Captures.ShouldHaveSingleItem().Attempt.ShouldBe(1);
        Settlement.Of(order.With(Capture(status: FactStatus.Denied))).Captures.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(FactStatus.Pending, Gross)]
    [InlineData(FactStatus.Completed, Gross)]
    [InlineData(FactStatus.Completed, 1)]
    [InlineData(FactStatus.Reversed, Gross)]
    public void No_further_money_is_asked_for_while_other_money_is_here_or_on_its_way(FactStatus status, long amount) =>
        Settlement.Of(Unpaid.With(Checkout(1, CheckoutState.Approved)).With(Capture(status: status, amount: amount))).Captures.ShouldBeEmpty();

    [Fact]
    public void An_approved_checkout_of_an_order_that_has_ended_is_never_captured() =>
        Settlement.Of(Cancelled.With(Checkout(1, CheckoutState.Approved))).Captures.ShouldBeEmpty();

    [Fact]
    public void An_approved_checkout_stays_so_although_an_older_event_calls_it_open() =>
        Unpaid.With(Checkout(1, CheckoutState.Approved)).With(Checkout(1)).Checkouts.ShouldHaveSingleItem().State.ShouldBe(CheckoutState.Approved);

    private static Settlement Expect(Order order, PaymentStatus payment, FulfilmentStatus fulfilment)
    {
        var settlement = Settlement.Of(order);
        settlement.Payment.ShouldBe(payment);
        settlement.Fulfilment.ShouldBe(fulfilment);
        return settlement;
    }
}
