using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments.Reconciliation;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.Reconciliation;

public sealed class ReconciliationPolicyTests
{
    private static readonly OrderOptions Options = new();

    [Theory]
    [InlineData(0, 15)]
    [InlineData(15, 45)]
    [InlineData(60, 180)]
    [InlineData(240, 480)]
    [InlineData(720, 720)]
    [InlineData(1441, 15)]
    public void An_unpaid_order_is_looked_at_ever_more_rarely_and_when_it_expires(int minutesAfterPlacing, int minutesToWait) =>
        ReconciliationPolicy.Next(Unpaid, Options, Noon.AddMinutes(minutesAfterPlacing)).ShouldBe(TimeSpan.FromMinutes(minutesToWait));

    [Fact]
    public void A_checkout_starts_the_looks_anew() =>
        ReconciliationPolicy.Next(Unpaid.With(Checkout(startedMinute: 100)), Options, Noon.AddMinutes(110)).ShouldBe(TimeSpan.FromMinutes(5));

    [Fact]
    public void A_pending_payment_or_refund_is_looked_at_twice_a_day()
    {
        ReconciliationPolicy.Next(Unpaid.With(Capture(status: FactStatus.Pending)), Options, Noon).ShouldBe(TimeSpan.FromHours(12));
        ReconciliationPolicy.Next(Cancelled.With(Capture(), Refund(status: FactStatus.Pending)), Options, Noon).ShouldBe(TimeSpan.FromHours(12));
    }

    [Fact]
    public void A_refund_that_was_refused_is_tried_again_soon() =>
        ReconciliationPolicy.Next(Cancelled.With(Capture(), Refund(status: FactStatus.Failed)), Options, Noon).ShouldBe(TimeSpan.FromMinutes(15));

    [Fact]
    public void What_has_no_number_yet_is_looked_at_soon_and_what_a_look_had_no_room_for_twice_a_day()
    {
        var paid = Unpaid.With(Capture());
        ReconciliationPolicy.Next(SalesDocument.AddDue(paid, new()), Options, Noon).ShouldBe(TimeSpan.FromMinutes(15));
        ReconciliationPolicy.Next(paid, Options, Noon).ShouldBe(TimeSpan.FromHours(12));
    }

    [Fact]
    public void Nothing_more_is_expected_of_a_paid_or_closed_order()
    {
        ReconciliationPolicy.Next(Unpaid.With(Capture()).Issued(), Options, Noon).ShouldBeNull();
        ReconciliationPolicy.Next(Cancelled, Options, Noon).ShouldBeNull();
    }

    [Fact]
    public void Only_checkouts_whose_end_is_unknown_are_asked_about()
    {
        var order = Unpaid.With(Checkout(1, CheckoutState.Expired)).With(Checkout(2)).With(Checkout(3, CheckoutState.Starting));
        ReconciliationPolicy.Unsettled(order).Select(checkout => checkout.Attempt).ShouldBe([2, 3]);
        var pending = Unpaid.With(Checkout(1, CheckoutState.Completed)).With(Capture(status: FactStatus.Pending));
        ReconciliationPolicy.Unsettled(pending).ShouldHaveSingleItem();
        ReconciliationPolicy.Unsettled(pending.With(Capture())).ShouldBeEmpty();
    }

    [Fact]
    public void Of_two_delayed_payments_the_second_is_asked_about_although_the_first_has_failed()
    {
        var order = Unpaid.With(Checkout(1, CheckoutState.Completed)).With(Checkout(2, CheckoutState.Completed))
            .With(Capture("pi_1", FactStatus.Denied), Capture("pi_2", FactStatus.Pending));
        ReconciliationPolicy.Unsettled(order).ShouldContain(checkout => checkout.Attempt == 2);
    }

    [Fact]
    public void An_order_expires_only_when_it_is_due_unpaid_and_no_page_is_open()
    {
        var due = Noon.AddHours(24);
        Expiry.Apply(Unpaid, due.AddSeconds(-1)).ShouldBeSameAs(Unpaid);
        Expiry.Apply(Unpaid.With(Checkout()), due).Closed.ShouldBeNull();
        Expiry.Apply(Unpaid.With(Capture(status: FactStatus.Pending)), due).Closed.ShouldBeNull();
        Expiry.Apply(Unpaid.With(Capture()), due).Closed.ShouldBeNull();
        var expired = Expiry.Apply(Unpaid.With(Checkout(state: CheckoutState.Expired)), due);
        expired.Closed.ShouldBe(new Closing(due, ClosingReason.Expired));
        Expiry.Apply(expired, due.AddHours(1)).ShouldBeSameAs(expired);
    }
}
