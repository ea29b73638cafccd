using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>From when on money is owed, and what staff see of it.</summary>
public sealed class OverdueRefundTests
{
    [Fact]
    public void Money_of_a_cancelled_order_is_owed_from_its_end_on()
    {
        var order = Cancelled.With(Capture());
        OverdueRefund.AllOf(order, Noon.AddHours(2)).ShouldBeEmpty();
        var overdue = OverdueRefund.AllOf(order, Noon.AddHours(2).AddSeconds(1)).ShouldHaveSingleItem();
        (overdue.Since, overdue.Owed.Amount.Amount).ShouldBe((Noon.AddHours(1), Gross));
    }

    [Fact]
    public void A_promise_is_owed_from_when_it_was_made_and_what_is_on_its_way_is_not_owed()
    {
        var order = Unpaid.With(Capture()).With(Request(amount: 500, minute: 90));
        OverdueRefund.AllOf(order, Noon.AddMinutes(140)).ShouldBeEmpty();
        OverdueRefund.AllOf(order, Noon.AddMinutes(151)).ShouldHaveSingleItem().Since.ShouldBe(Noon.AddMinutes(90));
        OverdueRefund.AllOf(order.With(Refund(status: FactStatus.Pending, amount: 500, reference: "r1")), Noon.AddMinutes(151)).ShouldBeEmpty();
    }

    [Fact]
    public void An_overdue_refund_is_on_the_list_of_staff_although_there_is_nothing_to_decide()
    {
        var order = Cancelled.With(Capture());
        ReviewView.Of(order, null, Noon.AddHours(2)).ShouldBeNull();
        var view = ReviewView.Of(order, new(true, []), Noon.AddHours(3)).ShouldNotBeNull();
        view.Reason.ShouldBe("refund_overdue");
        view.Decisions.ShouldBeEmpty();
        view.Concerns.ShouldBeEmpty();
        view.Owed.ShouldHaveSingleItem().ShouldBe(new(new(Gross, "GBP"), "capture:stripe:pi_1", OwedRefund.Surplus, Noon.AddHours(1), "not_answering"));
        ReviewView.Of(order, null, Noon.AddHours(3))!.Owed.Single().Why.ShouldBe("not_sent");
        ReviewView.Of(order.With(Refund(status: FactStatus.Failed, reference: OwedRefund.Surplus)), null, Noon.AddHours(3))!.Owed.Single().Why.ShouldBe("refund_failed");
    }

    [Fact]
    public void Issue_10_7_a_key_that_is_wrong_is_why_only_where_that_provider_is_needed()
    {
        var order = Cancelled.With(Capture());
        ReviewView.Of(order, ReviewRow.Of(order.Id, new(false, ["paypal"])).ToHindrance(), Noon.AddHours(2)).ShouldBeNull();
        ReviewView.Of(order, new(false, ["paypal"]), Noon.AddHours(3))!.Owed.Single().Why.ShouldBe("not_sent");
        var view = ReviewView.Of(order, ReviewRow.Of(order.Id, new(true, ["paypal", "stripe"])).ToHindrance(), Noon.AddHours(2)).ShouldNotBeNull();
        (view.Reason, view.Owed.Single().Why).ShouldBe(("provider_access", "provider_access"));
        ReviewRow.Of(order.Id, null).ToHindrance().ShouldBeNull();
    }
}
