using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Tracking;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Tracking;

public sealed class TimelineTests
{
    [Fact]
    public void The_steps_are_told_in_the_order_in_which_they_happened()
    {
        var order = Unpaid.With(Capture(minute: 5)).With(new JournalEntry(Noon.AddMinutes(4), JournalKinds.PaymentStarted));
        Timeline.Of(order).Select(step => step.Kind).ShouldBe(["placed", "payment_started", "paid"]);
        Timeline.Of(order)[^1].Amount.ShouldBe(new Money(Gross, "GBP"));
    }

    [Fact]
    public void Every_kind_of_news_has_words_for_the_customer()
    {
        FactStatus[] captures = [FactStatus.Pending, FactStatus.Denied, FactStatus.Completed, FactStatus.Reversed];
        FactStatus[] refunds = [FactStatus.Pending, FactStatus.Succeeded, FactStatus.Failed];
        FactStatus[] disputes = [FactStatus.Inquiry, FactStatus.Open, FactStatus.Won, FactStatus.Lost];
        var order = Unpaid.With([.. captures.Select(status => Capture(status: status)), .. refunds.Select(status => Refund(status: status)), .. disputes.Select(status => Dispute(status)), Reversal()]);
        Timeline.Of(order).Length.ShouldBe(order.Journal.Length);
        Timeline.Of(order).ShouldAllBe(step => step.Text.Length > 10);
    }

    [Fact]
    public void Every_step_has_words_for_the_customer_except_what_the_shop_decides_within_itself_and_what_stands_in_the_parcels()
    {
        var kinds = typeof(JournalKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        kinds.Where(kind => Timeline.Of(Unpaid.With(new JournalEntry(Noon.AddHours(1), kind))).Length == 1)
            .ShouldBe([JournalKinds.ReviewResolved, JournalKinds.Shipped, JournalKinds.Delivered, JournalKinds.ShipmentCorrected, JournalKinds.ShipmentVoided]);
    }

    [Fact]
    public void What_a_later_version_writes_is_left_out_rather_than_shown_raw() =>
        Timeline.Of(Unpaid.With(new JournalEntry(Noon, "something_new"))).Length.ShouldBe(1);
}
