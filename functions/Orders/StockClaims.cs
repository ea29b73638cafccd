using System.Collections.Immutable;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders;

/// <summary>What an order has of items that are counted follows from its state. Pure.</summary>
public static class StockClaims
{
    /// <returns>By SKU.</returns>
    public static ImmutableDictionary<string, StockClaim> Of(Order order)
    {
        if (!order.Lines.Any(line => line.IsCounted)) return ImmutableDictionary<string, StockClaim>.Empty;
        var progress = FulfilmentProgress.Of(order);
        // While a parcel can be taken back, or the order can still send one, things can change.
        var isOver = !progress.Shipments.Any(parcel => parcel.Status == ShipmentStatus.AwaitingCollection)
            && (order.Closed is not null || order.DeliveryAddress is null || progress.IsAllSent);
        var maySend = order is { Closed: null, DeliveryAddress: not null } && !HasGoneBack(order);
        return order.Lines.Index().Where(line => line.Item.IsCounted).ToImmutableDictionary(
            line => line.Item.Sku,
            // What is neither left nor in a parcel is not sent any more: it stays on the shelf, for others.
            line => new StockClaim(maySend ? progress.Left[line.Index] : 0, progress.Sent(line.Index), order.Version, isOver));
    }

    /// <summary>Money that is gone stays gone while somebody asks a question about it, or decides over it: what was freed is not taken back for that.</summary>
    private static bool HasGoneBack(Order order)
    {
        var taken = CaptureAccount.AllOf(order).Where(capture => capture.Fact.Status is FactStatus.Completed or FactStatus.Reversed).ToList();
        return Settlement.Of(order).Payment == PaymentStatus.Refunded
            || (taken.Count > 0 && taken.All(capture => capture.IsWhollyReversed || capture.Returned >= capture.Fact.Amount));
    }

    /// <returns>Whether an order has come to have more or less of any item.</returns>
    public static bool Differ(Order before, Order after)
    {
        if (!after.Lines.Any(line => line.IsCounted)) return false;
        var was = Of(before);
        return Of(after).Any(item => was.GetValueOrDefault(item.Key) is not { } known || known with { Version = item.Value.Version } != item.Value);
    }
}
