using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// The refund that fits what has come back or is not sent any more: its price, and that of the delivery once all has come back,
/// less what has gone back or is promised already. Pure.
/// </summary>
public static class RefundOffer
{
    /// <returns>Null when there is nothing to offer.</returns>
    public static Money? Of(Order order, Settlement settlement)
    {
        var progress = FulfilmentProgress.Of(order);
        var returned = progress.Shipments.Where(parcel => parcel.Status == ShipmentStatus.Returned).SelectMany(parcel => parcel.Lines).Concat(order.NotSent);
        var delivery = progress.Status == FulfilmentStatus.Returned ? order.Lines.Where(line => line.IsDelivery).Sum(line => line.Gross) : 0;
        var left = settlement.Refundable.GetValueOrDefault(order.Currency);
        var offer = Math.Min(left, FulfilmentProgress.ValueOf(order, returned) + delivery - settlement.GoneBack.GetValueOrDefault(order.Currency));
        return offer > 0 ? new(offer, order.Currency) : null;
    }
}
