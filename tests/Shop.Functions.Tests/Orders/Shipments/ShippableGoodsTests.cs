using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Tracking;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Shipments;

/// <summary>Nobody gets goods and their money: what a refund names before it is sent is not sent, and everything else is.</summary>
public sealed class ShippableGoodsTests
{
    private static readonly ByStaff Fred = new("fulfilment", "fred");

    /// <summary>One UPS, three cables and three books; nothing has left.</summary>
    private static readonly Order Paid = Several.With(Capture(amount: Several.Gross));

    private static readonly Order Refunded = Promised(Paid, "a", RefundReasons.Other, ("BOOK", 2));

    [Fact]
    public void What_a_refund_names_is_not_sent_and_the_rest_is()
    {
        Refusal(Ship(Refunded, ("UPS-1500", 1), ("BOOK", 2))).ShouldStartWith("Can be sent of BOOK: 1. ");
        var shipped = Sent(Ship(Refunded, ("UPS-1500", 1), ("CABLE", 3), ("BOOK", 1)));
        Refusal(Ship(shipped, ("BOOK", 1))).ShouldStartWith("Can be sent of BOOK: 0. ");
        Refusal(Ship(Promised(shipped, "b", RefundReasons.NotReceived, ("BOOK", 1)), ("BOOK", 1))).ShouldStartWith("Can be sent of BOOK: 0. ", customMessage: "that is for the one that is on its way");
    }

    /// <summary>Whoever has packed all of it would not see from a parcel with less in it that some must come out again.</summary>
    [Fact]
    public void A_parcel_of_all_that_is_left_is_refused_while_some_of_that_is_refunded()
    {
        Refusal(Ship(Promised(Refunded, "b", RefundReasons.Other, ("CABLE", 3)))).ShouldStartWith("Can be sent of CABLE: 0, BOOK: 1. ");
        Sent(Ship(Paid)).Shipments.Single().Lines!.Value.Length.ShouldBe(3);
    }

    [Fact]
    public void Money_that_does_not_pay_for_what_is_to_be_sent_keeps_nothing_back()
    {
        foreach (var reason in new[] { RefundReasons.Price, RefundReasons.Goodwill }) Sent(Ship(Promised(Paid, "a", reason, ("BOOK", 2))));
        Sent(Ship(Promised(Paid, "a", RefundReasons.Other, ("delivery", 1))));
        Sent(Ship(Paid.With(Request(amount: 1_000) with { Reason = RefundReasons.Other })));
        Sent(Ship(WithdrawalDecision.Of(Refunded, "a", "grace", Noon.AddHours(1)).Order));
        var back = Sent(Ship(Paid, ("BOOK", 1))).With(new ShipmentEvent(1, "r", ShipmentStatus.Returned, Noon.AddHours(2)));
        Sent(Ship(Promised(back, "a", RefundReasons.Returned, ("BOOK", 1)), ("BOOK", 2)));
        var deducted = Decide(Paid, "a", RefundReasons.Other, 1, ("BOOK", 2));
        Refusal(Ship(deducted)).ShouldStartWith("Can be sent of BOOK: 1. ", customMessage: "a refund is for what it names, whatever was deducted");
    }

    [Fact]
    public void A_parcel_is_not_corrected_to_hold_more_of_what_is_refunded()
    {
        var packed = Sent(Ship(Refunded, ("BOOK", 1)));
        Refusal(Correct(packed, ("BOOK", 2))).ShouldStartWith("Can be sent of BOOK: 1. ");
        Correct(packed, ("BOOK", 1), ("CABLE", 1)).ShouldBeOfType<ShipmentDecision.Change>();
        // What was in it before it was refunded is somebody else's question, and what is beside it can be corrected.
        var all = Promised(Sent(Ship(Paid, ("BOOK", 3))), "a", RefundReasons.Other, ("BOOK", 2));
        Correct(all, ("BOOK", 3), ("CABLE", 1)).ShouldBeOfType<ShipmentDecision.Change>();
        var fewer = Correct(all, ("BOOK", 2)).ShouldBeOfType<ShipmentDecision.Change>().Order;
        Refusal(Correct(fewer, ("BOOK", 3))).ShouldStartWith("Can be sent of BOOK: 2. ");
    }

    [Fact]
    public void An_order_is_to_be_sent_as_long_as_something_of_it_can_be()
    {
        FulfilmentList.IsDue(Refunded).ShouldBeTrue();
        var shipped = Sent(Ship(Refunded, ("UPS-1500", 1), ("CABLE", 3), ("BOOK", 1)));
        FulfilmentList.IsDue(shipped).ShouldBeFalse();
        Settlement.Of(shipped).Fulfilment.ShouldBe(FulfilmentStatus.PartShipped, "nobody has closed it");
        NextStep.Of(shipped.With(new ShipmentEvent(1, "d", ShipmentStatus.Delivered, Noon.AddHours(1))), Noon.AddHours(2))!.Kind.ShouldBe("refund");
        FulfilmentList.IsDue(WithdrawalDecision.Of(shipped, "a", "grace", Noon.AddHours(1)).Order).ShouldBeTrue("it is sent after all");
        var closed = ShipmentDecision.CloseRemainder(shipped, _ => true, Noon.AddHours(1), new("finance", "grace")).ShouldBeOfType<ShipmentDecision.Change>().Order;
        (FulfilmentList.IsDue(closed), Settlement.Of(closed).Fulfilment).ShouldBe((false, FulfilmentStatus.Shipped));
    }

    private static ShipmentDecision Ship(Order order, params (string Sku, int Quantity)[] lines) => ShipmentDecision.Ship(
        order, new("DPD", null, lines.Length == 0 ? null : [.. lines.Select(line => new ShipmentItem(line.Sku, line.Quantity))]), $"{order.Shipments.Length}", Noon.AddMinutes(30), Fred);

    private static ShipmentDecision Correct(Order order, params (string Sku, int Quantity)[] lines) => ShipmentDecision.Correct(
        order, 1, new CorrectShipment.Request { Lines = [.. lines.Select(line => new ShipmentItem(line.Sku, line.Quantity))] }, _ => true, Noon.AddHours(1), Fred);

    private static Order Sent(ShipmentDecision decision) => decision.ShouldBeOfType<ShipmentDecision.Change>().Order;

    private static string Refusal(ShipmentDecision decision)
    {
        var problem = decision.ShouldBeOfType<ShipmentDecision.Refuse>().Problem;
        (problem.Status, problem.Type).ShouldBe((409, "refunded"));
        return problem.Detail!;
    }

    private static Order Promised(Order order, string id, string reason, params (string Sku, int Quantity)[] lines) => Decide(order, id, reason, null, lines);

    private static Order Decide(Order order, string id, string reason, long? amount, params (string Sku, int Quantity)[] lines) => RefundDecision.Of(
        order, new(reason, amount is { } minor ? new Money(minor, "GBP") : null, Lines: [.. lines.Select(line => new ShipmentItem(line.Sku, line.Quantity))]), id, "grace", Noon.AddMinutes(40), [])
        .ShouldBeOfType<RefundDecision.Promise>().Order;
}
