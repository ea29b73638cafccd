using System.Collections.Immutable;
using System.Globalization;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>What of an order is in no parcel and may be put into one: nobody gets goods and their money. Pure.</summary>
public static class ShippableGoods
{
    private static readonly Problem Refunded = new(409, "refunded", "The price of some of this is paid back or promised back: it is not sent.");
    private const string WaysOn = "Finance can withdraw the refund that names the others until it is sent, or close what is left.";

    /// <returns>For each line of the order, how much is left to be sent that no promise names which pays for it.</returns>
    public static ImmutableArray<int> Of(Order order)
    {
        var left = FulfilmentProgress.Of(order).Left;
        // Most orders have no such promise, and this is asked with every change of one.
        if (order.RefundPromises.All(promise => promise.WithdrawnAt is not null || promise.Lines is null)) return left;
        var refunds = RefundAllocation.Of(order, Settlement.Of(order));
        return [.. left.Select((quantity, line) => quantity - refunds.PaidBack(Whereabouts.ToSend, line))];
    }

    public static bool HasAny(Order order) => Of(order).Any(quantity => quantity > 0);

    /// <param name="order">Without the parcel, if it is one that is being corrected.</param>
    /// <param name="lines">What is to be in the parcel, never more of any than is left.</param>
    /// <param name="before">What is in it already, which stays whatever was refunded since.</param>
    /// <returns>How many of which SKUs can be sent, where that is fewer; null when all of it can.</returns>
    public static Problem? RefusalOf(Order order, ImmutableArray<ShipmentLine> lines, ImmutableArray<ShipmentLine> before)
    {
        var shippable = Of(order);
        int MostOf(int line) => Math.Max(shippable[line], before.Where(known => known.Line == line).Sum(known => known.Quantity));
        var refunded = lines.Where(line => line.Quantity > MostOf(line.Line))
            .Select(line => string.Create(CultureInfo.InvariantCulture, $"{order.Lines[line.Line].Sku}: {MostOf(line.Line)}")).ToList();
        return refunded.Count == 0 ? null : Refunded with { Detail = $"Can be sent of {string.Join(", ", refunded)}. {WaysOn}" };
    }
}
