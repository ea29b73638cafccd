using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tracking;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Shipments;

/// <summary>Where an order's goods stand follows from its parcels and from what carriers say of them, in whatever order they say it.</summary>
public sealed class FulfilmentProgressTests
{
    private static readonly Order Paid = Unpaid.With(Capture()) with
    {
        Lines = [Unpaid.Lines[0] with { Quantity = 2 }, Unpaid.Lines[0] with { Sku = "RACK-42U", Quantity = 1 }],
    };

    private static readonly Order Sent = Paid.With(Of(1, new ShipmentLine(0, 2))).With(Of(2, new ShipmentLine(1, 1)));

    private static readonly Gen<ShipmentEvent> Events =
        from shipment in Gen.Choose(1, 2)
        from kind in Gen.Elements(Enum.GetValues<ShipmentStatus>().Skip(1).ToArray())
        from minute in Gen.Choose(1, 6)
        from id in Gen.Choose(1, 1_000_000)
        from hour in Gen.Choose(0, 4)
        select new ShipmentEvent(shipment, $"{id:D16}", kind, Noon.AddMinutes(minute), $"Depot {id % 7}", hour == 0 ? null : Noon.AddHours(hour));

    public static TheoryData<string, FulfilmentStatus> Rows => new()
    {
        { "", FulfilmentStatus.Shipped },
        { "1 Collected, 2 InTransit", FulfilmentStatus.Shipped },
        { "1 Delivered", FulfilmentStatus.Shipped },
        { "1 Delivered, 2 Delivered", FulfilmentStatus.Delivered },
        { "1 Delivered, 2 Failed", FulfilmentStatus.Shipped },
        { "1 Delivered, 2 Returned", FulfilmentStatus.PartReturned },
        { "1 Returned, 2 Returned", FulfilmentStatus.Returned },
        { "1 Delivered, 1 Returned, 2 Returned", FulfilmentStatus.Returned },
    };

    [Fact]
    public void What_is_not_sent_any_more_is_closed_only_once_its_price_goes_back_and_then_nothing_is_to_be_sent()
    {
        var (order, by) = (Paid.With(Of(1, new ShipmentLine(0, 1), new ShipmentLine(1, 1))), new ByStaff("finance", "grace"));
        ShipmentDecision Close(Order now) => ShipmentDecision.CloseRemainder(now, _ => true, Noon.AddDays(1), by);
        void ShouldRefuse(Order now, string why) => Close(now).ShouldBeOfType<ShipmentDecision.Refuse>().Problem.Type.ShouldBe(why);
        ShouldRefuse(Paid, "nothing-has-left");
        const long price = Gross / 2;
        ShouldRefuse(order.With(Refund(amount: price - 1)), "refund-first");
        foreach (var undecided in new[] { FactStatus.Open, FactStatus.Inquiry }) ShouldRefuse(order.With(Dispute(undecided)), "dispute-open");
        Close(order.With(Dispute(FactStatus.Lost))).ShouldBeOfType<ShipmentDecision.Change>("all of its money has gone");
        var returned = order.With(new ShipmentEvent(1, "r", ShipmentStatus.Returned, Noon.AddHours(1)));
        ShouldRefuse(returned.With(Refund(amount: Gross - 1)), "refund-first");
        Close(returned.With(Refund())).ShouldBeOfType<ShipmentDecision.Change>();
        var refunded = order.With(Refund(amount: price));
        FulfilmentList.IsDue(refunded).ShouldBeTrue("a refund may be for something else");
        ShipmentDecision.CloseRemainder(refunded, _ => false, Noon, by).ShouldBeOfType<ShipmentDecision.Refuse>().Problem.Status.ShouldBe(412);
        var closed = Close(refunded).ShouldBeOfType<ShipmentDecision.Change>().Order;
        FulfilmentList.IsDue(closed).ShouldBeFalse();
        FulfilmentProgress.Of(closed).Status.ShouldBe(FulfilmentStatus.Shipped);
        ShipmentDecision.CloseRemainder(closed, _ => false, Noon, by).ShouldBeOfType<ShipmentDecision.Replay>("an answer that was lost is asked for again");
        OrderView.Of(closed, OrderSight.Customer).Fulfilment.NotSent!.Value.ShouldBe([new(Paid.Lines[0].Sku, 1)]);
        RefundOffer.Of(closed, Settlement.Of(closed)).ShouldBeNull();
        OrderEntity.Of(closed).ToOrder().NotSent.ShouldBe(closed.NotSent);
        // What was in a parcel that is taken back is to be sent again; what is closed stays so.
        var voided = ShipmentDecision.Void(closed, 1, _ => true, Noon.AddDays(2), by).Order;
        FulfilmentProgress.Of(voided).Left.ShouldBe([1, 1]);
        FulfilmentList.IsDue(voided).ShouldBeTrue();
    }

    [Fact]
    public void A_promise_that_pays_for_what_is_not_sent_stays_and_any_other_can_be_taken_back()
    {
        var by = new ByStaff("finance", "grace");
        var promised = Paid.With(Of(1, new ShipmentLine(0, 1), new ShipmentLine(1, 1))).With(Request("rest", Gross / 2) with { Reason = RefundReasons.Other }).With(Request("goodwill", 100, minute: 6));
        WithdrawalDecision Withdraw(Order order, string promise) => WithdrawalDecision.Of(order, promise, "grace", Noon.AddHours(2));
        Withdraw(promised, "rest").ShouldBeOfType<WithdrawalDecision.Withdraw>();
        var closed = ShipmentDecision.CloseRemainder(promised, _ => true, Noon.AddHours(1), by).ShouldBeOfType<ShipmentDecision.Change>().Order;
        Withdraw(closed, "rest").ShouldBeOfType<WithdrawalDecision.Refuse>().Problem.Type.ShouldBe("remainder-closed");
        Withdraw(closed.With(Dispute(FactStatus.Open)), "goodwill").ShouldBeOfType<WithdrawalDecision.Refuse>("the money may stay after all");
        Withdraw(closed, "goodwill").ShouldBeOfType<WithdrawalDecision.Withdraw>();
        Withdraw(closed.With(Dispute(FactStatus.Lost)), "rest").ShouldBeOfType<WithdrawalDecision.Withdraw>("the bank has sent it back");
    }

    [Fact]
    public void Nothing_is_put_into_a_parcel_that_could_not_leave_by_itself()
    {
        var order = Paid.With(Of(1, new ShipmentLine(0, 1)));
        ShipmentDecision Correct(Order now, int quantity) => ShipmentDecision.Correct(
            now, 1, new CorrectShipment.Request { Lines = [new(Paid.Lines[0].Sku, quantity)] }, _ => true, Noon.AddHours(1), new("fulfilment", "fred"));
        Correct(order, 2).ShouldBeOfType<ShipmentDecision.Change>();
        foreach (var held in new[] { order.With(Dispute(FactStatus.Open)), order.With(Refund()), order with { DeliveryAddress = null } })
        {
            Correct(held, 2).ShouldBeOfType<ShipmentDecision.Refuse>().Problem.Status.ShouldBe(409);
            Correct(held, 1).ShouldBeOfType<ShipmentDecision.Change>();
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_status_follows_from_the_parcels(string said, FulfilmentStatus status)
    {
        var order = said.Split(", ", StringSplitOptions.RemoveEmptyEntries).Index().Aggregate(
            Sent, (current, it) => current.With(new ShipmentEvent(it.Item[0] - '0', $"{it.Index}", Enum.Parse<ShipmentStatus>(it.Item[2..]), Noon.AddMinutes(30))));
        Settlement.Of(order).Fulfilment.ShouldBe(status);
        Settlement.Of(order with { Closed = new(Noon, ClosingReason.Cancelled) }).Fulfilment.ShouldBe(status, "what has left has left");
    }

    [Fact]
    public void What_is_in_no_parcel_keeps_an_order_part_shipped_and_part_returned()
    {
        var order = Paid.With(Of(1, new ShipmentLine(0, 1)));
        FulfilmentProgress.Of(order).Left.ShouldBe([1, 1]);
        Settlement.Of(order).Fulfilment.ShouldBe(FulfilmentStatus.PartShipped);
        Settlement.Of(order.With(new ShipmentEvent(1, "a", ShipmentStatus.Delivered, Noon))).Fulfilment.ShouldBe(FulfilmentStatus.PartShipped);
        Settlement.Of(order.With(new ShipmentEvent(1, "a", ShipmentStatus.Returned, Noon))).Fulfilment.ShouldBe(FulfilmentStatus.PartReturned);
        Settlement.Of(order with { Shipments = [order.Shipments[0] with { VoidedAt = Noon }] }).Fulfilment.ShouldBe(FulfilmentStatus.Unfulfilled);
    }

    /// <summary>Each was noted as the whole order, some of them many times.</summary>
    [Fact]
    public void Parcels_from_before_they_had_lines_carry_what_had_not_left_before_them()
    {
        var entity = OrderEntity.Of(Paid);
        entity.Shipments = """
            [{"number":1,"key":"a","carrier":"DPD","trackingNumber":"1","shippedAt":"2026-11-20T13:00:00+00:00","deliveredAt":"2026-11-21T13:00:00+00:00"},
             {"number":2,"key":"b","carrier":"DPD","shippedAt":"2026-11-20T14:00:00+00:00"}]
            """;
        var order = entity.ToOrder();
        var progress = FulfilmentProgress.Of(order);
        progress.Shipments.Select(parcel => parcel.Lines.Sum(line => line.Quantity)).ShouldBe([3, 0]);
        (progress.IsAllSent, progress.Status).ShouldBe((true, FulfilmentStatus.Shipped), "one of them has not arrived");
        Timeline.Of(order).Select(step => step.Kind).ShouldBe(["placed", "paid", "shipped", "shipped", "delivered"]);
        Settlement.Of(order.With(new ShipmentEvent(2, "x", ShipmentStatus.Delivered, Noon.AddDays(2)))).Fulfilment.ShouldBe(FulfilmentStatus.Delivered);
    }

    [Fact]
    public void What_cannot_have_happened_then_is_refused_for_how_long_data_is_kept_counts_from_it()
    {
        foreach (var days in new[] { -2, 2, 400 })
            ShipmentDecision.Record(Sent, new(1, "a", ShipmentStatus.Delivered, Noon.AddDays(days)), Noon).ShouldBeOfType<ShipmentDecision.Refuse>().Problem.Type.ShouldBe("invalid");
        ShipmentDecision.Record(Sent, new(1, "a", ShipmentStatus.Delivered, Noon.AddHours(1)), Noon).ShouldBeOfType<ShipmentDecision.Change>();
    }

    [Fact]
    public void Lists_from_before_read_as_what_they_meant() =>
        new[] { "Paid|Ready|False", "Disputed|OnHold|False", "Awaiting|AwaitingPayment|False", "Failed|Cancelled|True", "Paid|Delivered|False" }
            .Select(text => ListedState.Parse(text).Fulfilment)
            .ShouldBe([.. Enumerable.Repeat(FulfilmentStatus.Unfulfilled, 4), FulfilmentStatus.Delivered]);

    [Fact]
    public void Nothing_leaves_of_an_order_whose_money_is_promised_back_whole()
    {
        Settlement.Of(Paid.With(Request(amount: Gross))).MayShip.ShouldBeFalse();
        Settlement.Of(Paid.With(Request(amount: Gross)).With(Refund(status: FactStatus.Pending, reference: "r1"))).MayShip.ShouldBeFalse();
        Settlement.Of(Paid.With(Request(amount: Gross - 1))).MayShip.ShouldBeTrue();
        Settlement.Of(Paid.With(Refund(amount: Gross - 1, status: FactStatus.Pending))).MayShip.ShouldBeTrue();
    }

    [Fact]
    public void Whatever_carriers_say_in_whatever_order_and_however_often_comes_to_the_same() => Properties.Holds(
        from story in Events.ListOf().Select(events => events.DistinctBy(heard => heard.Id).ToImmutableArray())
        from shuffled in Gen.Shuffle(story.Concat(story).ToArray())
        select (story, shuffled: shuffled.ToImmutableArray()),
        it =>
        {
            var (told, mixed) = (it.story.Aggregate(Sent, Hear), it.shuffled.Aggregate(Sent, Hear));
            mixed.ShipmentEvents.ShouldBe(told.ShipmentEvents);
            mixed.Shipments.Select(shipment => shipment.DeliveredAt).ShouldBe(told.Shipments.Select(shipment => shipment.DeliveredAt));
            Settlement.Of(mixed).Fulfilment.ShouldBe(Settlement.Of(told).Fulfilment);
            Timeline.Of(mixed).ShouldBe(Timeline.Of(told));
            foreach (var parcel in FulfilmentProgress.Of(mixed).Shipments.Where(parcel => parcel.Status is not (ShipmentStatus.Delivered or ShipmentStatus.Returned)))
            {
                var expected = it.story.Where(heard => heard.Shipment == parcel.Shipment.Number && heard.ExpectedBy is not null);
                parcel.ExpectedBy.ShouldBe(expected.OrderBy(heard => heard.At).ThenBy(heard => heard.ExpectedBy).LastOrDefault()?.ExpectedBy);
            }

            mixed.ShipmentEvents.Length.ShouldBeLessThanOrEqualTo(2 * 6);
            OrderEntity.Of(mixed).ToOrder().ShipmentEvents.ShouldBe(mixed.ShipmentEvents);
        });

    private static Order Hear(Order order, ShipmentEvent heard) => order.With(heard);

    private static Shipment Of(int number, params ImmutableArray<ShipmentLine> lines) => Parcel(number) with { Lines = lines };
}
