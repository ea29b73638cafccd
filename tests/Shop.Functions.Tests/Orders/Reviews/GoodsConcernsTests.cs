using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tracking;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Reviews;

/// <summary>What parcels ask of a person, beside what the money asks.</summary>
public sealed class GoodsConcernsTests
{
    private static readonly Order Sent = (Unpaid with { Lines = [Unpaid.Lines[0] with { Quantity = 2, UnitNet = 5_000 }] }).With(Capture()).With(Half(1)).With(Half(2));

    [Fact]
    public void What_came_back_asks_until_it_is_paid_back_or_somebody_says_that_nothing_is_and_another_parcel_asks_again()
    {
        var back = Sent.With(Heard(ShipmentStatus.Returned, 1));
        Open(back).ShouldBe(["RefundOffered shipment:1"]);
        Open(back.With(Request(amount: Gross / 2))).ShouldBeEmpty("it is promised");
        Open(back.With(Refund(amount: (Gross / 2) - 1))).ShouldBe(["RefundOffered shipment:1"]);
        NextStep.Of(back.With(Heard(ShipmentStatus.Delivered, 2)), Noon.AddDays(1))!.Kind.ShouldBe("check_return");

        var decided = Decide(back);
        Open(decided).ShouldBeEmpty();
        NextStep.Of(decided.With(Heard(ShipmentStatus.Delivered, 2)), Noon.AddDays(1)).ShouldBeNull();
        Settlement.Of(decided).Payment.ShouldBe(PaymentStatus.Paid);
        GoodsConcerns.IsNew(decided, decided.With(Heard(ShipmentStatus.Returned, 2))).ShouldBeTrue();
        Open(decided.With(Heard(ShipmentStatus.Returned, 2))).ShouldBe(["RefundOffered shipment:2"]);
    }

    [Fact]
    public void A_parcel_that_could_not_be_handed_over_asks_once_nothing_is_heard_of_it_for_a_week()
    {
        var failed = Sent.With(Heard(ShipmentStatus.Failed, 2));
        GoodsConcerns.IsNew(Sent, failed).ShouldBeTrue("somebody must look at it then");
        GoodsConcerns.IsNew(failed, failed.With(Heard(ShipmentStatus.Collected, 1))).ShouldBeFalse();
        Open(failed, days: 7).ShouldBeEmpty();
        GoodsConcerns.NextAt(failed, Noon.AddDays(7)).ShouldBe(Noon.AddHours(2).AddDays(7));
        Open(failed, days: 8).ShouldBe(["NotDelivered shipment:2"]);
        GoodsConcerns.NextAt(failed, Noon.AddDays(8)).ShouldBeNull();

        Open(failed.With(Heard(ShipmentStatus.InTransit, 2, hour: 20)), days: 30).ShouldBeEmpty("it is under way again");
        Open(failed.With(Heard(ShipmentStatus.Delivered, 2)), days: 30).ShouldBeEmpty();
        var expected = Sent.With(Heard(ShipmentStatus.Failed, 2) with { ExpectedBy = Noon.AddDays(20) });
        Open(expected, days: 20).ShouldBeEmpty("its carrier has said by when");
        var paidBack = failed.With(Request(amount: Gross / 2) with { Reason = RefundReasons.NotReceived });
        (Open(paidBack, days: 30), GoodsConcerns.NextAt(paidBack, Noon)).ShouldBe(([], null));
        var decided = Decide(failed);
        (Open(decided, days: 30), GoodsConcerns.NextAt(decided, Noon)).ShouldBe(([], null));
    }

    [Fact]
    public void What_the_money_asks_is_decided_first_and_leaves_what_the_goods_ask()
    {
        var both = Sent.With(Heard(ShipmentStatus.Returned, 1)).With(Reversal(amount: 1_000));
        var view = ReviewView.Of(both, null, Noon.AddDays(1))!;
        (view.Reason, view.Concerns[^1].Reason).ShouldBe(("capture_reversed_in_part", "refund_offered"));
        view.Decisions.ShouldBe([ReviewChoice.Accept]);
    }

    private static Shipment Half(int number) => Parcel(number) with { Lines = [new(0, 1)] };

    private static ShipmentEvent Heard(ShipmentStatus kind, int parcel, int hour = 2) => new(parcel, $"{kind}-{parcel}", kind, Noon.AddHours(hour));

    private static string[] Open(Order order, int days = 1) =>
        [.. GoodsConcerns.Of(order, Settlement.Of(order), Noon.AddDays(days)).Select(concern => $"{concern.Case} {concern.Fact}")];

    private static Order Decide(Order order) =>
        ReviewDecision.Of(order, new("accept", "agreed_with_customer"), "grace", Noon.AddDays(10)).ShouldBeOfType<ReviewDecision.Settle>().Order;
}
