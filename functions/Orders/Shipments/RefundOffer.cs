using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// The refund that fits what has come back or is not sent any more: its price, and that of the delivery once all has come back,
/// less what has gone back for it or is promised already. Pure.
/// </summary>
/// <param name="Lines">What it is for, of all that no promise names yet; empty where its amount is for more than that.</param>
public sealed record RefundOffer(Money Amount, ImmutableArray<RefundLine> Lines)
{
    /// <returns>Null when there is nothing to offer.</returns>
    public static RefundOffer? Of(Order order, Settlement settlement)
    {
        // Most orders have nothing to offer, and this is asked for every answer about one.
        if (order.NotSent.IsEmpty && order.ShipmentEvents.All(heard => heard.Kind != ShipmentStatus.Returned)) return null;
        return Of(settlement, RefundAllocation.Of(order, settlement), Whereabouts.NotSent, Whereabouts.Returned);
    }

    /// <returns>What else has to go back before what is in no parcel can be closed; null when it can.</returns>
    public static RefundOffer? BeforeClosing(Order order, Settlement settlement) =>
        Of(settlement, RefundAllocation.Of(order, settlement, closing: true), Whereabouts.NotSent, Whereabouts.Returned, Whereabouts.ToSend);

    private static RefundOffer? Of(Settlement settlement, RefundAllocation refunds, params Whereabouts[] places)
    {
        var offer = Math.Min(settlement.Refundable.GetValueOrDefault(refunds.Currency), refunds.InCurrency(refunds.Unpaid(places)));
        if (offer <= 0) return null;
        var lines = refunds.Unnamed(places);
        return new(new(offer, refunds.Currency), refunds.IsInCurrencyOfOrder && offer <= lines.Sum(part => part.Gross) ? lines : []);
    }
}
