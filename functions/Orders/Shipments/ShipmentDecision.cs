using System.Collections.Immutable;
using System.Globalization;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// What comes of it when staff note, correct or take back a parcel, or send no more, and when its carrier says something of it. Pure: the
/// order and the wish in, one of three outcomes out.
/// </summary>
/// <param name="Number">The parcel's; 0 where there is none.</param>
public abstract record ShipmentDecision(Order Order, int Number)
{
    /// <summary>It cannot be.</summary>
    public sealed record Refuse(Order Order, Problem Problem) : ShipmentDecision(Order, 0);

    /// <summary>It is so already: the same request again.</summary>
    public sealed record Replay(Order Order, int Number) : ShipmentDecision(Order, Number);

    /// <summary>It is so now; the order already holds it.</summary>
    public sealed record Change(Order Order, int Number) : ShipmentDecision(Order, Number);

    private static readonly Problem NotReady = new(409, "not-ready", "Nothing of this order may leave now.");
    private static readonly Problem TooMany = new(
        409, "too-many-shipments", $"An order can have {Order.MostShipments} shipments with {Order.MostShipmentLines} lines between them, also of those that were taken back.");
    private static readonly Problem Collected = new(409, "already-collected", "The carrier has this parcel: it can no longer be changed.");
    private static readonly Problem NotThen = Problem.Invalid(new Dictionary<string, string[]> { ["at"] = ["Between the day the order was placed and now."] });

    /// <summary>How wrong a carrier's clock may be, or its day where it tells no time. Data is kept for a while after delivery: a wrong year would keep it for ever.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private static readonly Problem Voided = new(409, "shipment-voided", "This parcel was noted under the same Idempotency-Key and taken back since. Use a new key.");

    private static readonly Problem TakenBack = new(409, "shipment-taken-back", "This parcel was taken back, and what was in it can be in another one: nothing can be noted of it.");

    private static readonly Problem NothingHasLeft = new(409, "nothing-has-left", "Nothing of this order has left: cancel it instead.");
    private static readonly Problem RefundFirst = new(409, "refund-first", "What is not sent has been paid: refund it first.");
    private const string NameLines = "What was refunded without lines may have been for other goods; a refund that names what is not sent is for that, whatever is deducted.";
    private static readonly Problem DisputeOpen = new(409, "dispute-open", "Nobody has decided yet whether the money of this order stays: wait for it.");

    public static ShipmentDecision Ship(Order order, ShipOrder.Request wish, string idempotencyKey, DateTimeOffset now, ByStaff by)
    {
        var (key, hash) = (OrderIds.ShipmentKeyOf(order.Id, idempotencyKey), OrderIds.ShipmentHashOf(order.Id, wish.Text()));
        if (order.Shipments.FirstOrDefault(shipment => shipment.Key == key) is { } earlier)
        {
            // A hash that has gone with the address cannot be compared; parcels were once noted without one.
            if (earlier.RequestHash is null ? !wish.Fits(earlier) : earlier.RequestHash != hash) return new Refuse(order, IdempotencyKey.Reused);
            return earlier.VoidedAt is null ? new Replay(order, earlier.Number) : new Refuse(order, Voided);
        }

        if (!MayLeave(order))
        {
            var settlement = Settlement.Of(order);
            return new Refuse(order, NotReady with { Detail = $"Payment: {Json.NameOf(settlement.Payment)}. Goods: {Json.NameOf(settlement.Fulfilment)}." });
        }

        var (lines, problem) = ShipmentItem.LinesOf(order, FulfilmentProgress.Of(order), wish.Lines);
        problem ??= ShippableGoods.RefusalOf(order, lines, []);
        if (problem is not null) return new Refuse(order, problem);
        if (order.Shipments.Length == Order.MostShipments || !HasRoomFor(order, lines)) return new Refuse(order, TooMany);

        var shipment = new Shipment(order.Shipments.Length + 1, key, wish.Carrier, wish.TrackingNumber, now) { Lines = lines, RequestHash = hash };
        return new Change(order.With(shipment, by), shipment.Number);
    }

    /// <param name="ifMatch">The state that was read.</param>
    public static ShipmentDecision Correct(Order order, int number, CorrectShipment.Request wish, Func<ShipmentView, bool> ifMatch, DateTimeOffset now, ByStaff by)
    {
        if (Find(order, number) is not { } parcel) return new Refuse(order, Problem.NotFound);
        if (!ifMatch(ShipmentView.Of(order, parcel))) return new Refuse(order, Problem.PreconditionFailed);
        if (parcel.Status != ShipmentStatus.AwaitingCollection) return new Refuse(order, Collected);

        var without = order with { Shipments = order.Shipments.Remove(parcel.Shipment) };
        var (lines, problem) = wish.Lines is null ? (parcel.Lines, null) : ShipmentItem.LinesOf(order, FulfilmentProgress.Of(without), wish.Lines);
        if (problem is not null) return new Refuse(order, problem);
        if (!HasRoomFor(without, lines)) return new Refuse(order, TooMany);
        // What goes in besides leaves with the parcel: as little of an order that is on hold as a parcel of its own would.
        if (HoldsMore(lines, parcel.Lines) && !MayLeave(order)) return new Refuse(order, NotReady);
        if (ShippableGoods.RefusalOf(without, lines, parcel.Lines) is { } refunded) return new Refuse(order, refunded);
        // Where the address has gone, what leads to it does not come back.
        if (wish.TrackingNumber.Value is not null && order.DeliveryAddress is null) return new Refuse(order, NotReady);
        var later = parcel.Shipment with
        {
            Carrier = wish.Carrier.IsGiven ? wish.Carrier.Value! : parcel.Shipment.Carrier,
            TrackingNumber = wish.TrackingNumber.IsGiven ? wish.TrackingNumber.Value : parcel.Shipment.TrackingNumber,
            Lines = lines,
        };
        return new Change(order.With(parcel.Shipment, later, now, by), number);
    }

    /// <param name="ifMatch">The state that was read; any, where who asks names none.</param>
    public static ShipmentDecision Void(Order order, int number, Func<ShipmentView, bool> ifMatch, DateTimeOffset now, ByStaff by)
    {
        if (IsTakenBack(order, number)) return new Replay(order, number);
        if (Find(order, number) is not { } parcel) return new Refuse(order, Problem.NotFound);
        if (!ifMatch(ShipmentView.Of(order, parcel))) return new Refuse(order, Problem.PreconditionFailed);
        return parcel.Status == ShipmentStatus.AwaitingCollection
            ? new Change(order.With(parcel.Shipment, parcel.Shipment with { Lines = parcel.Lines, VoidedAt = now }, now, by), number)
            : new Refuse(order, Collected);
    }

    /// <summary>What has happened has happened, whatever became of the money; only what cannot be true is refused.</summary>
    public static ShipmentDecision Record(Order order, ShipmentEvent heard, DateTimeOffset now, ByStaff? by = null)
    {
        if (Find(order, heard.Shipment) is null) return new Refuse(order, IsTakenBack(order, heard.Shipment) ? TakenBack : Problem.NotFound);
        if (heard.At > now + ClockSkew || heard.At < order.PlacedAt - ClockSkew) return new Refuse(order, NotThen);
        var changed = order.With(heard, by);
        return ReferenceEquals(changed, order) ? new Replay(order, heard.Shipment) : new Change(changed, heard.Shipment);
    }

    /// <summary>What is in no parcel is not sent any more: only where something has left, and where its money goes back.</summary>
    /// <param name="ifMatch">The state that was read: what has come to be left since is not what was meant.</param>
    public static ShipmentDecision CloseRemainder(Order order, Func<Order, bool> ifMatch, DateTimeOffset now, ByStaff by)
    {
        if (!order.HasShipped) return new Refuse(order, NothingHasLeft);
        var rest = FulfilmentProgress.Of(order).Rest();
        if (rest.IsEmpty) return new Replay(order, 0);
        if (!ifMatch(order)) return new Refuse(order, Problem.PreconditionFailed);
        // While it is asked for, money looks as if it had gone back; it stays if the bank says so.
        if (order.Ledger.Any(fact => fact.IsUndecidedDispute)) return new Refuse(order, DisputeOpen);
        return RefundOffer.BeforeClosing(order, Settlement.Of(order)) is { } missing
            ? new Refuse(order, RefundFirst with { Detail = string.Create(CultureInfo.InvariantCulture, $"{missing.Amount.Amount} in minor units of {missing.Amount.Currency} have yet to go back. {NameLines}") })
            : new Change(order.Without(rest, now, by), 0);
    }

    private static ShipmentProgress? Find(Order order, int number) => FulfilmentProgress.Of(order).Find(number);

    private static bool IsTakenBack(Order order, int number) => order.Shipments.Any(shipment => shipment.Number == number && shipment.VoidedAt is not null);

    private static bool MayLeave(Order order) => Settlement.Of(order).MayShip && order.DeliveryAddress is not null;

    private static bool HoldsMore(ImmutableArray<ShipmentLine> lines, ImmutableArray<ShipmentLine> before) =>
        lines.Any(line => line.Quantity > before.Where(known => known.Line == line.Line).Sum(known => known.Quantity));

    private static bool HasRoomFor(Order order, ImmutableArray<ShipmentLine> lines) =>
        order.Shipments.Sum(shipment => shipment.Lines?.Length ?? 0) + lines.Length <= Order.MostShipmentLines;
}
