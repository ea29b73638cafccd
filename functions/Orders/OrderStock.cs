using System.Collections.Immutable;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders;

/// <summary>
/// What orders have of items that are counted. It is reserved after the order is filed for a look and before it is stored, and
/// follows the order from then on: whoever changes one files it before and follows it after, and the look does what a crash
/// has left undone. No storage call for an order without such items.
/// </summary>
public sealed partial class OrderStock(TableServiceClient tables, RaceBackoff? backoff = null, ILogger<OrderStock>? logger = null)
{
    private readonly StockStore _stock = new(tables, backoff);
    private readonly ILogger _logger = logger ?? (ILogger)NullLogger.Instance;

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

    /// <summary>
    /// Once the order is stored: whoever has asked under the same key, or has looked and found no order, may have given back what was kept
    /// for it, and cannot any more. Two storage calls an item.
    /// </summary>
    /// <returns>The items of which there are not as many any more; and whether some were not kept as they should be, so that the order must be followed.</returns>
    public async Task<(IReadOnlyList<string> Missing, bool IsRenewed)> ConfirmAsync(Order order, CancellationToken cancellation)
    {
        var (missing, isRenewed) = (new List<string>(), false);
        foreach (var line in order.Lines.Where(line => line.IsCounted))
        {
            var outcome = await _stock.ConfirmAsync(line.Sku, order.Id, line.Quantity, cancellation);
            if (outcome == StockConfirmation.Gone) missing.Add(line.Sku);
            isRenewed |= outcome == StockConfirmation.Renewed;
        }

        return (missing, isRenewed);
    }

    /// <summary>Gives back what was kept for an order that was not placed. Three storage calls an item.</summary>
    /// <param name="placed">The one that somebody else has placed under the same id; null when nobody has.</param>
    public async Task ReleaseAsync(string orderId, Order? placed, IEnumerable<string> items, CancellationToken cancellation)
    {
        foreach (var sku in items.Except(placed is null ? [] : ItemsOf(placed))) await _stock.ReleaseAsync(sku, orderId, cancellation);
    }

    /// <summary>Brings what an order has of these items to what its state says. One storage call an item where nothing has changed, three otherwise.</summary>
    /// <param name="order">Null when there is none: then it has nothing.</param>
    public async Task FollowAsync(string orderId, Order? order, IEnumerable<string> items, CancellationToken cancellation)
    {
        var claims = order is null ? null : StockClaims.Of(order);
        foreach (var sku in items.Union(claims?.Keys ?? []))
        {
            var lacking = await _stock.FollowAsync(sku, orderId, claims?.GetValueOrDefault(sku), cancellation);
            if (lacking > 0) LogLacking(orderId, lacking, sku);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} may be sent again and has {Lacking} too few of {Sku}: they were freed, and are sold")]
    private partial void LogLacking(string orderId, int lacking, string sku);
}
