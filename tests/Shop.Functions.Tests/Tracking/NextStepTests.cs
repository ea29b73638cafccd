using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Tracking;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Tracking;

/// <summary>What comes next, and no date that nobody has told.</summary>
public sealed class NextStepTests
{
    private static readonly Order Paid = Unpaid.With(Capture());
    private static readonly Order Sent = Paid.With(Parcel());

    private static DateTimeOffset Later => Noon.AddDays(1);

    private static ShipmentEvent Heard(ShipmentStatus kind, int hour, DateTimeOffset? expectedBy = null, int shipment = 1) =>
        new(shipment, $"{kind}-{shipment}", kind, Noon.AddHours(hour), null, expectedBy);

    [Fact]
    public void Each_stage_of_an_order_says_what_comes_next()
    {
        Next(Unpaid).ShouldBe("pay");
        NextStep.Of(Unpaid, Later)!.ExpectedBy.ShouldBe(Unpaid.ExpiresAt);
        Next(Unpaid.With(Capture(status: FactStatus.Pending))).ShouldBe("confirm_payment");
        Next(Unpaid.With(Capture(status: FactStatus.Denied))).ShouldBe("pay");
        Next(Unpaid.With(Capture(amount: 1))).ShouldBe("check_payment");
        Next(Paid).ShouldBe("dispatch");
        Next(Paid.With(Dispute(FactStatus.Open))).ShouldBe("check_payment");
        Next(Sent).ShouldBe("collection");
        Next(Sent.With(Heard(ShipmentStatus.InTransit, 1))).ShouldBe("delivery");
        Next(Sent.With(Heard(ShipmentStatus.Failed, 1))).ShouldBe("new_attempt");
        Next(Sent.With(Dispute(FactStatus.Open)).With(Heard(ShipmentStatus.Collected, 1))).ShouldBe("delivery", "what is under way goes on");
        Next(Sent.With(Heard(ShipmentStatus.Delivered, 2))).ShouldBeNull();
        Next(Sent.With(Heard(ShipmentStatus.Returned, 2))).ShouldBe("check_return");
        Next(Sent.With(Heard(ShipmentStatus.Returned, 2)).With(Refund(status: FactStatus.Pending))).ShouldBe("refund");
        Next(Sent.With(Heard(ShipmentStatus.Returned, 2)).With(Refund())).ShouldBeNull();
        Next(Cancelled).ShouldBeNull();
        Next(Cancelled.With(Capture())).ShouldBe("refund");
    }

    [Fact]
    public void It_is_expected_when_the_carrier_has_last_said_and_of_several_parcels_the_nearest_counts()
    {
        var (first, second) = (Noon.AddDays(2), Noon.AddDays(1));
        var order = Sent.With(Heard(ShipmentStatus.InTransit, 2, second)).With(Heard(ShipmentStatus.Collected, 1, first));
        NextStep.Of(order, Later)!.ExpectedBy.ShouldBe(second);
        var silent = new ShipmentEvent(1, "later", ShipmentStatus.InTransit, Noon.AddHours(3));
        NextStep.Of(order.With(silent), Later)!.ExpectedBy.ShouldBe(second, "an event that says nothing of it takes nothing back");
        var two = order.With(Parcel(2)).With(Heard(ShipmentStatus.OutForDelivery, 3, shipment: 2));
        NextStep.Of(two, Later).ShouldBe(new NextStep("delivery", "Your parcel is handed over to you.", 2));
        NextStep.Of(two.With(Heard(ShipmentStatus.Delivered, 4, shipment: 2)), Later)!.Shipment.ShouldBe(1);
        FulfilmentProgress.Of(order.With(Heard(ShipmentStatus.Delivered, 4))).Find(1)!.ExpectedBy.ShouldBeNull();
    }

    /// <summary>Else whoever follows the order would follow it for ever.</summary>
    [Fact]
    public void Nothing_is_expected_for_ever()
    {
        Next(Sent, 13).ShouldBe("collection");
        Next(Sent, 15).ShouldBeNull("not every carrier tells");
        Next(Sent.With(Heard(ShipmentStatus.InTransit, 1, Noon.AddDays(10))), 23).ShouldBe("delivery");
        Tag(13).ShouldNotBe(Tag(15), "the page of before is no longer right");
        Tag(15).ShouldBe(Tag(16));
        static string Tag(int days) => NextStep.TagOf(Sent, NextStep.Of(Sent, Noon.AddDays(days)));

        var lost = Sent.With(Heard(ShipmentStatus.Failed, 1));
        Next(lost.With(Refund(amount: Gross - 1))).ShouldBe("new_attempt");
        Next(lost.With(Request())).ShouldBe("refund");
        Next(lost.With(Refund())).ShouldBeNull("it is paid back");
        Next(lost.With(Dispute(FactStatus.Open))).ShouldBe("new_attempt");

        var less = Sent.With(Heard(ShipmentStatus.Returned, 2)).With(Refund(amount: Gross - 500));
        Next(less, 13).ShouldBe("check_return");
        Next(less, 15).ShouldBeNull();
    }

    [Fact]
    public void Who_need_not_know_where_a_parcel_goes_is_not_told_its_number()
    {
        var carriers = new Shop.Functions.Carriers.CarrierOptions { ["dpd"] = new() { TrackingUrl = "https://track.example/{number}" } };
        ReadTracking.Parcel Of(OrderSight sight) => ReadTracking.Response.Of(Sent, sight, carriers, NextStep.Of(Sent, Later)).Parcels.ShouldHaveSingleItem();
        (Of(OrderSight.Customer).TrackingNumber, Of(OrderSight.Customer).TrackingUrl).ShouldBe(("15501234567890", "https://track.example/15501234567890"));
        var finance = Of(new(Delivery: false, Refunds: true, Reasons: true));
        (finance.Carrier, finance.TrackingNumber, finance.TrackingUrl).ShouldBe(("DPD", null, null));
    }

    /// <summary>Mails are forwarded: what the link shows is where the goods are.</summary>
    [Fact]
    public void What_a_link_shows_has_nothing_of_a_person_a_carrier_or_an_argument()
    {
        var order = Sent.With(new ShipmentEvent(1, "c", ShipmentStatus.Collected, Noon.AddHours(1), "Leeds")).With(Dispute(FactStatus.Open)) with { PurchaseOrderNumber = "PO-1" };
        var linked = LinkedTracking.Of(order, NextStep.Of(order, Later));
        linked.Events.Select(step => step.Kind).ShouldBe(["placed", "paid", "shipped", "collected"]);
        linked.Next!.Kind.ShouldBe("delivery");
        LinkedTracking.Of(Unpaid, NextStep.Of(Unpaid, Later)).Next.ShouldBeNull("whether somebody has paid is between them and the shop");
        foreach (var shown in new[] { System.Text.Json.JsonSerializer.Serialize(linked), linked.Page(London).Body })
        {
            foreach (var private_ in new[] { "Lovelace", "London", "Leeds", "DPD", "15501234567890", "PO-1", "ada", "bank", "12000", order.Id })
                shown.ShouldNotContain(private_, Case.Sensitive);
        }
    }

    /// <summary>As the mail with the link has it: in London clocks are an hour ahead then.</summary>
    [Fact]
    public void The_page_behind_a_link_tells_the_time_of_the_shop_in_summer_as_well()
    {
        DateTimeOffset Summer(int hour) => new(2026, 7, 1, hour, 0, 0, TimeSpan.Zero);
        var order = (Unpaid with { PlacedAt = Summer(8), Journal = [new(Summer(8), JournalKinds.Placed)] }).With(Capture() with { At = Summer(9) })
            .With(Parcel() with { ShippedAt = Summer(10) }).With(new ShipmentEvent(1, "c", ShipmentStatus.Collected, Summer(11), null, Summer(16)));
        var page = LinkedTracking.Of(order, NextStep.Of(order, Summer(12))).Page(London).Body;
        page.ShouldContain("Expected by 1 July 2026, 17:00.");
        page.ShouldContain("<td>1 July 2026, 12:00</td>");
        page.ShouldNotContain("UTC");
    }

    private static readonly ShopTime London = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

    private static string? Next(Order order, int days = 1) => NextStep.Of(order, Noon.AddDays(days))?.Kind;
}
