using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// The refund that fits what has come back or is not sent any more: its price, and that of the delivery once all has come back,
/// less what has gone back or is promised already. Pure.
/// </summary>
/// <param name="Lines">What it is for, of all that no promise names yet; empty where its amount is for more than that.</param>
public sealed record RefundOffer(Money Amount, ImmutableArray<RefundLine> Lines)
{
    /// <summary>A promise that names lines is for these, whatever was deducted from their price; any other money that goes back may be for anything, and is taken off.</summary>
    /// <returns>Null when there is nothing to offer.</returns>
    public static RefundOffer? Of(Order order, Settlement settlement)
    {
        var back = Back(order);
        var naming = order.RefundPromises.Where(promise => promise is { WithdrawnAt: null, Lines: not null }).ToList();
        // One that cannot be kept pays for nothing.
        var kept = naming.Where(promise => settlement.Concerns.All(concern => concern.Reference != promise.Id)).ToList();
        var elsewhere = Math.Max(0, settlement.GoneBack.GetValueOrDefault(order.Currency) - kept.Sum(promise => GoneFor(order, settlement, promise)));
        var price = RefundLines.Unnamed(order, back, RefundLines.NamedBy(kept)).Sum(part => part.Gross);
        var offer = Math.Min(settlement.Refundable.GetValueOrDefault(order.Currency), price - elsewhere);
        if (offer <= 0) return null;
        var lines = RefundLines.Unnamed(order, back, RefundLines.NamedBy(naming));
        return new(new(offer, order.Currency), offer <= lines.Sum(part => part.Gross) ? lines : []);
    }

    private static IEnumerable<ShipmentLine> Back(Order order)
    {
        var progress = FulfilmentProgress.Of(order);
        var returned = progress.Shipments.Where(parcel => parcel.Status == ShipmentStatus.Returned).SelectMany(parcel => parcel.Lines).Concat(order.NotSent);
        var delivery = order.Lines.Index().Where(line => line.Item.IsDelivery && progress.Status == FulfilmentStatus.Returned).Select(line => new ShipmentLine(line.Index, line.Item.Quantity));
        return [.. returned, .. delivery];
    }

    /// <summary>What of the money that has gone back or is about to is this promise's.</summary>
    private static long GoneFor(Order order, Settlement settlement, RefundPromise promise) =>
        CaptureAccount.AllOf(order).Sum(capture => capture.SentBackFor(promise.Id))
        + settlement.Refunds.Concat(settlement.WaitingRefunds).Where(refund => refund.Reference == promise.Id).Sum(refund => refund.Amount.Amount);
}
