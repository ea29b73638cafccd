using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using static Shop.Functions.Tests.Orders.Refunds.RefundLinesTests;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Shipments;

/// <summary>What is offered to be refunded, and for which lines, once something has come back or is not sent any more.</summary>
public sealed class RefundOfferTests
{
    private static readonly ByStaff Grace = new("finance", "grace");

    /// <summary>The UPS and a cable in one parcel, everything else in another one.</summary>
    private static readonly Order Sent = Several.With(Capture(amount: Several.Gross))
        .With(Parcel(1) with { Lines = [new(0, 1), new(1, 1)] }).With(Parcel(2) with { Lines = [new(1, 2), new(2, 3)] });

    private static readonly Order Back = Returned(Sent, 1);

    public static TheoryData<string, Order, string> Rows => new()
    {
        { "nothing has come back", Sent, "" },
        { "a parcel has", Back, "12399: 1 UPS-1500, 1 CABLE" },
        { "all have, and so its delivery is for nothing", Returned(Back, 2), "15239: 1 UPS-1500, 3 CABLE, 3 BOOK, 1 delivery" },
        { "what came back is promised", Promised(Back, "a", null, ("UPS-1500", 1), ("CABLE", 1)), "" },
        { "… but for what is worn", Promised(Back, "a", new(10_000, "GBP"), ("UPS-1500", 1), ("CABLE", 1)), "" },
        { "… and the rest comes back", Returned(Promised(Back, "a", new(10_000, "GBP"), ("UPS-1500", 1), ("CABLE", 1)), 2), "2840: 2 CABLE, 3 BOOK, 1 delivery" },
        { "a part of it is promised", Promised(Back, "a", null, ("CABLE", 1)), "12000: 1 UPS-1500" },
        { "something else is promised, which stays with the customer", Promised(Back, "a", null, ("BOOK", 3)), "12399: 1 UPS-1500, 1 CABLE" },
        { "money has gone back for nobody knows what", Back.With(Refund(amount: 399)), "12000: 1 UPS-1500, 1 CABLE" },
        { "what is promised cannot be sent, and waits for a person", Failing(Promised(Back, "a", null, ("CABLE", 1))), "12399: " },
        { "… who has settled it elsewhere", Failing(Promised(Back, "a", null, ("CABLE", 1))).Resolved(ReviewChoice.Accept), "12000: 1 UPS-1500" },
        { "a bank asks for the money", Back.With(Dispute(FactStatus.Open, amount: Several.Gross)), "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_is_for_what_has_come_back_and_no_promise_names(string what, Order order, string offer)
    {
        var offered = RefundOffer.Of(order, Settlement.Of(order));
        Text(order, offered).ShouldBe(offer, what);
        if (offered is not { Lines.IsEmpty: false }) return;
        // Whoever takes it is not refused, and is offered nothing more.
        var taken = Promised(order, "offer", offered.Amount, [.. RefundLines.ItemsOf(order, offered.Lines).Select(item => (item.Sku, item.Quantity))]);
        RefundOffer.Of(taken, Settlement.Of(taken)).ShouldBeNull(what);
    }

    [Fact]
    public void What_is_not_sent_is_closed_once_a_promise_names_it_and_that_promise_stays()
    {
        var order = Several.With(Capture(amount: Several.Gross)).With(Parcel(1) with { Lines = [new(0, 1)] }).With(Parcel(2) with { Lines = [new(2, 3)] });
        ShipmentDecision Close(Order now) => ShipmentDecision.CloseRemainder(now, _ => true, Noon.AddDays(1), Grace);
        Close(Promised(order, "a", null, ("BOOK", 3))).ShouldBeOfType<ShipmentDecision.Refuse>("that is for something else").Problem.Detail!.ShouldStartWith("1199 ");
        var closed = Close(Promised(Promised(order, "a", null, ("CABLE", 3)), "b", null, ("BOOK", 3))).ShouldBeOfType<ShipmentDecision.Change>().Order;
        Withdraw(closed, "a").ShouldBeOfType<WithdrawalDecision.Refuse>().Problem.Type.ShouldBe("remainder-closed");
        Withdraw(closed, "b").ShouldBeOfType<WithdrawalDecision.Withdraw>();
        Close(Failing(Promised(order, "a", null, ("CABLE", 3)))).ShouldBeOfType<ShipmentDecision.Refuse>("it pays for nothing");

        static WithdrawalDecision Withdraw(Order order, string promise) => WithdrawalDecision.Of(order, promise, "grace", Noon.AddHours(2));
    }

    private static string Text(Order order, RefundOffer? offer) =>
        offer is null ? "" : $"{offer.Amount.Amount}: {string.Join(", ", RefundLines.ItemsOf(order, offer.Lines).Select(item => $"{item.Quantity} {item.Sku}"))}";

    private static Order Returned(Order order, int parcel) => order.With(new ShipmentEvent(parcel, $"r{parcel}", ShipmentStatus.Returned, Noon.AddDays(1)));

    /// <summary>As often as is sensible.</summary>
    private static Order Failing(Order order) => order.With([.. Enumerable.Range(1, OwedRefunds.Attempts).Select(attempt =>
        Refund($"re_{attempt}", status: FactStatus.Failed, amount: order.RefundPromises[^1].Amount, minute: 10 + attempt, reference: order.RefundPromises[^1].Id))]);
}
