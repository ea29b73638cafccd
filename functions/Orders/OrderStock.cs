using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders;

/// <summary>
/// What orders have of items that are counted. It is reserved after the order is filed for a look and before it is stored, and
/// follows the order from then on: whoever changes one files it before and follows it after, and the look does what a crash
/// has left undone. No storage call for an order without such items.
/// </summary>
public sealed class OrderStock(TableServiceClient tables, RaceBackoff? backoff = null)
{
    private readonly StockStore _stock = new(tables, backoff);

    /// <returns>The items of an order that are counted.</returns>
    public static ImmutableArray<string> ItemsOf(Order order) => [.. order.Lines.Where(line => line.IsCounted).Select(line => line.Sku)];

    /// <summary>Keeps for an order what it asks for. Two storage calls an item.</summary>
    /// <returns>The items of which there are not as many; the others are kept until somebody follows the order.</returns>
    public async Task<IReadOnlyList<string>> ReserveAsync(Order order, CancellationToken cancellation)
    {
        var missing = new List<string>();
        foreach (var line in order.Lines.Where(line => line.IsCounted))
            if (!await _stock.ReserveAsync(line.Sku, order.Id, line.Quantity, cancellation)) missing.Add(line.Sku);
        return missing;
    }

    /// <summary>Brings what an order has of these items to what its state says. One storage call an item where nothing has changed, three otherwise.</summary>
    /// <param name="order">Null when there is none: then it has nothing.</param>
    /// <param name="isNew">The order has just come to this state.</param>
    public async Task FollowAsync(string orderId, Order? order, IEnumerable<string> items, bool isNew, CancellationToken cancellation)
    {
        var claims = order is null ? null : StockClaims.Of(order);
        foreach (var sku in items.Union(claims?.Keys ?? []))
            await _stock.FollowAsync(sku, orderId, claims?.GetValueOrDefault(sku), isNew, cancellation);
    }
}
