using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>The refund that fits what has come back or is not sent any more: its price, less what has gone back or is promised already. Pure.</summary>
public static class RefundOffer
{
    /// <returns>Null when there is nothing to offer.</returns>
    public static Money? Of(Order order, Settlement settlement)
    {
        var returned = FulfilmentProgress.Of(order).Shipments.Where(parcel => parcel.Status == ShipmentStatus.Returned).SelectMany(parcel => parcel.Lines).Concat(order.NotSent);
        var left = settlement.Refundable.GetValueOrDefault(order.Currency);
        var offer = Math.Min(left, FulfilmentProgress.ValueOf(order, returned) - settlement.GoneBack.GetValueOrDefault(order.Currency));
        return offer > 0 ? new(offer, order.Currency) : null;
    }
}
