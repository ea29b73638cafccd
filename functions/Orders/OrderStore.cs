using Azure;
using Azure.Data.Tables;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Orders;

/// <summary>
/// Point reads and conditional writes of orders. Every change is a compare-and-set on one entity: whoever loses a
/// race waits a moment, reads again and decides again.
/// </summary>
/// <remarks>
/// The list of what is to be sent is kept here, so that whoever changes an order keeps it: an order is put on it before it
/// is stored as one to send, and taken off after it is stored as none. Whoever retries after a crash takes it off as well.
/// So is what the order has of items that are counted: it is filed for a look before it changes, and followed after. Likewise
/// an order is filed before a change after which there is more to do than to store it (<see cref="OrderChange"/>): who makes it may end there.
/// </remarks>
/// <param name="tables">Where orders are stored.</param>
/// <param name="backoff">How long that moment is; none where nobody else writes.</param>
/// <param name="clock">Whose time it is; the machine's where nobody moves it.</param>
/// <param name="stock">What orders have of counted items; one that tells nobody of what is missing where there is none.</param>
/// <param name="metrics">Measures how soon the shop knows that an order is paid.</param>
public sealed class OrderStore(TableServiceClient tables, RaceBackoff? backoff = null, TimeProvider? clock = null, OrderStock? stock = null, ShopMetrics? metrics = null)
{
    /// <summary>Races are short; whoever loses this many in a row fails, and the trigger's own retry takes over.</summary>
    private const int Attempts = 12;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Orders);
    private readonly FulfilmentList _fulfilment = new(tables);
    private readonly ReconciliationSchedule _schedule = new(tables);
    private readonly OrderStock _stock = stock ?? new(tables, backoff);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <returns>The order, or null when there is none. One storage call.</returns>
    /// <exception cref="UnreadableOrderException">It is there, and cannot be understood.</exception>
    public async Task<Order?> FindAsync(string orderId, CancellationToken cancellation)
    {
        try
        {
            return (await _table.FindAsync<OrderEntity>(orderId, OrderEntity.Row, cancellation))?.ToOrder();
        }
        catch (Exception exception) when (StoredData.IsDamage(exception))
        {
            // What is in it stays here: the parser's words may quote it.
            throw new UnreadableOrderException(orderId, exception);
        }
    }

    /// <summary>
    /// A page of all orders that were placed since a time, by id. Storage looks through all that there are: for what is
    /// hardly ever needed. One storage call for every thousand of them.
    /// </summary>
    /// <param name="after">The id to go on after; null for the first page.</param>
    /// <returns>The orders, null for one that cannot be understood, and the id to go on after; null when there are no more.</returns>
    public async Task<(IReadOnlyList<(string Id, Order? Order)> Orders, string? Next)> PageAsync(DateTimeOffset placedSince, string? after, int size, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after ?? ""} and RowKey eq {OrderEntity.Row} and PlacedAt ge {placedSince}");
        var page = new List<(string Id, Order? Order)>(size + 1);
        await foreach (var row in _table.QueryAsync<OrderEntity>(filter, maxPerPage: size + 1, cancellationToken: cancellation))
        {
            page.Add((row.PartitionKey, ReadAny(row)));
            if (page.Count > size) return (page[..size], page[size - 1].Id);
        }

        return (page, null);

        static Order? ReadAny(OrderEntity row)
        {
            try
            {
                return row.ToOrder();
            }
            catch (Exception exception) when (StoredData.IsDamage(exception))
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Orders whose number begins their id; or, of those from before numbers were made so, any. One storage call, and for
    /// the latter, and for a number that no order has, one for every thousand orders there are.
    /// </summary>
    /// <param name="number">As <see cref="OrderIds.NumberFrom"/> has it.</param>
    public async Task<Order?> FindByNumberAsync(string number, CancellationToken cancellation)
    {
        var prefix = OrderIds.PrefixOf(number);
        string[] filters =
        [
            TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {prefix + "~"} and RowKey eq {OrderEntity.Row} and Number eq {number}"),
            TableClient.CreateQueryFilter($"RowKey eq {OrderEntity.Row} and Number eq {number}"),
        ];
        foreach (var filter in filters)
        {
            await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: [nameof(ITableEntity.PartitionKey)], cancellationToken: cancellation))
                return await FindAsync(row.PartitionKey, cancellation);
        }

        return null;
    }

    /// <summary>Stores a new order. One storage call.</summary>
    /// <returns>The order as stored, or null when its id is taken.</returns>
    public async Task<Order?> AddAsync(Order order, CancellationToken cancellation)
    {
        try
        {
            var response = await _table.AddEntityAsync(OrderEntity.Of(order), cancellation);
            return order with { ETag = response.Headers.ETag ?? default };
        }
        catch (RequestFailedException failed) when (failed.Status == 409)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads, decides and replaces, again from the start when someone else was faster. Two storage calls, or one when
    /// <paramref name="decide"/> returns the order it was given; and one or two more where the order comes to be one to
    /// send, or ceases to be. Where that is so, its goods come to stand otherwise or its customer is to be told of the change, one
    /// more to file it for a look; likewise where it has more or less of counted items then, and three for each of them.
    /// </summary>
    /// <returns>The order after the change; null when there is none.</returns>
    /// <exception cref="OrderContentionException">Too many others changed it at the same time.</exception>
    public async Task<Order?> ChangeAsync(string orderId, Func<Order, Order> decide, CancellationToken cancellation)
    {
        for (var (lost, listed) = (0, false); lost < Attempts; lost++)
        {
            if (lost > 0 && backoff is not null) await backoff.WaitAsync(lost, cancellation);
            if (await FindAsync(orderId, cancellation) is not { } order) return null;
            var changed = decide(order);
            var unchanged = ReferenceEquals(changed, order);
            var moves = !unchanged && StockClaims.Differ(order, changed);
            var now = _clock.GetUtcNow();
            var was = FulfilmentList.IsDue(order);
            var isDue = unchanged ? was : FulfilmentList.IsDue(changed);
            var isScheduled = !unchanged && (moves || was != isDue || OrderChange.NeedsReconciling(order, changed, now));
            if (isScheduled) await _schedule.SetAsync(orderId, now + ReconciliationSchedule.Grace, cancellation);
            if (isDue && !was)
            {
                await _fulfilment.AddAsync(changed, cancellation);
                listed = true;
            }

            if ((unchanged ? order : await ReplaceAsync(changed, cancellation, isMarksOnly: (changed with { Notifications = order.Notifications }) == order)) is not { } stored) continue;
            if (listed && PaymentLatency.Of(order, stored, now) is { } latency) metrics?.Paid(latency.Provider, latency.Time);
            if (moves) await _stock.FollowAsync(orderId, stored, [], cancellation);
            if (was || listed || unchanged) await _fulfilment.RemoveUnlessDueAsync(stored, cancellation);
            return stored;
        }

        throw new OrderContentionException(orderId);
    }

    /// <summary>
    /// Puts right whether an order is on the list of what is to be sent; one that was paid before there was a list comes to
    /// be on it so. No storage call for what was never paid, one for an order that is rightly on the list or off it.
    /// </summary>
    /// <returns>True when it was missing.</returns>
    public async Task<bool> RelistAsync(Order order, CancellationToken cancellation)
    {
        if (!FulfilmentList.IsDue(order)) await _fulfilment.RemoveUnlessDueAsync(order, cancellation);
        else if (await _fulfilment.TryAddAsync(order, cancellation))
        {
            // Whoever has sent or deleted it meanwhile found no row to take out.
            if (await FindAsync(order.Id, cancellation) is { } current) await _fulfilment.RemoveUnlessDueAsync(current, cancellation);
            else await _fulfilment.DeleteAsync(order, cancellation);
            return true;
        }

        return false;
    }

    /// <summary>Whoever has read the order and means to change or delete it must read it again. Nothing else changes. One storage call.</summary>
    /// <returns>False when there is no such order.</returns>
    public Task<bool> RenewTagAsync(string orderId, CancellationToken cancellation) => ConditionalWrite.TryAsync(
        () => _table.UpdateEntityAsync(new TableEntity(orderId, OrderEntity.Row), ETag.All, TableUpdateMode.Merge, cancellation));

    /// <summary>One storage call.</summary>
    /// <returns>The order as stored, or null when it has changed since it was read.</returns>
    private async Task<Order?> ReplaceAsync(Order order, CancellationToken cancellation, bool isMarksOnly = false)
    {
        try
        {
            var next = isMarksOnly ? order : order with { Version = order.Version + 1 };
            var response = await _table.UpdateEntityAsync(OrderEntity.Of(next), order.ETag, TableUpdateMode.Replace, cancellation);
            return next with { ETag = response.Headers.ETag ?? default };
        }
        catch (RequestFailedException failed) when (failed.Status is 412 or 404)
        {
            return null;
        }
    }

    /// <summary>Replaces an order of which nothing can be sent any more. One storage call, two for one that was paid.</summary>
    /// <returns>False when it has changed since it was read, or is gone.</returns>
    public Task<bool> RetireAsync(Order order, CancellationToken cancellation) =>
        OffTheListAsync(order, order with { Version = order.Version + 1 }, async () => await ReplaceAsync(order, cancellation) is not null, cancellation);

    /// <summary>One storage call, two for an order that was paid.</summary>
    /// <returns>False when it has changed since it was read, or is gone.</returns>
    public Task<bool> DeleteAsync(Order order, CancellationToken cancellation) =>
        OffTheListAsync(order, null, () => TryDeleteAsync(order, cancellation), cancellation);

    /// <summary>The row goes first: whoever tries again after a crash finds nothing any more that tells of it.</summary>
    /// <param name="left">What is left of the order then.</param>
    private async Task<bool> OffTheListAsync(Order order, Order? left, Func<Task<bool>> write, CancellationToken cancellation)
    {
        var items = OrderStock.ItemsOf(order);
        if (!items.IsEmpty) await _schedule.FileAsync(order.Id, _clock.GetUtcNow() + ReconciliationSchedule.Grace, items, cancellation);
        if (FulfilmentList.CanHaveBeen(order)) await _fulfilment.DeleteAsync(order, cancellation);
        if (await write())
        {
            if (!items.IsEmpty) await _stock.FollowAsync(order.Id, left, items, cancellation);
            return true;
        }

        // It has changed: it may be one to send all the same.
        if (await FindAsync(order.Id, cancellation) is { } changed) await RelistAsync(changed, cancellation);
        return false;
    }

    private async Task<bool> TryDeleteAsync(Order order, CancellationToken cancellation)
    {
        try
        {
            return (await _table.DeleteEntityAsync(order.Id, OrderEntity.Row, order.ETag, cancellation)).Status != 404;
        }
        catch (RequestFailedException failed) when (failed.Status == 412)
        {
            return false;
        }
    }
}

/// <summary>An order was changed by others again and again; asking again later helps.</summary>
public sealed class OrderContentionException(string orderId) : UnavailableException($"Order {orderId}, which too many are changing at once,");
