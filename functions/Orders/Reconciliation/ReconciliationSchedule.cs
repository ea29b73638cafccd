using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>
/// The orders in flight: one row for each that a provider or this shop still owes something, with when it is to be looked
/// at. Written before what makes it so; a row whose order owes nothing is taken out by the next look. The timer reads
/// these and no orders, so it costs what is in flight, not what is stored. Events that wait for a provider to answer are
/// here as well: a message that waits hidden in a queue looks to Azure's scale controller like work to do now.
/// </summary>
public sealed class ReconciliationSchedule(TableServiceClient tables)
{
    private const int Attempts = 5;

    /// <summary>
    /// From when an order is filed because it is about to change. Longer than it takes to store it: a look before that would
    /// find nothing to do, and take it out.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>No function runs for longer (<c>functionTimeout</c> in host.json): whoever was placing an order has placed it by then, or never will.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private readonly TableClient _table = tables.GetTableClient(StorageNames.OpenOrders);

    /// <summary>Says when an order is to be looked at; over and over, the last time counts. Items that are named stay so. One storage call.</summary>
    /// <param name="isHindered">Whether the last look was kept from something; null leaves that as it is known.</param>
    public Task SetAsync(string orderId, DateTimeOffset due, CancellationToken cancellation, bool? isHindered = null) =>
        _table.UpsertEntityAsync(ReconciliationRow.Of(orderId, due, isHindered), TableUpdateMode.Merge, cancellation);

    /// <summary>Has a message of <c>payment-events</c> come again then; the same one waits once. One storage call.</summary>
    public Task SetEventAsync(string message, DateTimeOffset due, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(ReconciliationRow.OfEvent(message, due), TableUpdateMode.Replace, cancellation);

    /// <summary>
    /// The same for an order that is not there yet, or soon no more, and names counted items that it may have then: the look at
    /// it finds them here. One storage call, and two more where it has been filed before: what was named then stays named.
    /// </summary>
    /// <param name="isHindered">As for <see cref="SetAsync"/>.</param>
    /// <exception cref="UnavailableException">Others file the same order again and again.</exception>
    public async Task FileAsync(string orderId, DateTimeOffset due, IReadOnlyCollection<string> items, CancellationToken cancellation, bool? isHindered = null)
    {
        if (items.Count == 0)
        {
            await SetAsync(orderId, due, cancellation, isHindered);
            return;
        }

        ReconciliationRow? known = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = ReconciliationRow.Of(orderId, due, isHindered ?? known?.IsHindered, [.. (known?.NamedItems ?? []).Union(items)]);
            if (known is null ? await TryAddAsync(row, cancellation) : await TryReplaceAsync(row, known.ETag, cancellation)) return;
            known = await FindAsync(orderId, cancellation);
        }

        throw new UnavailableException($"The schedule of {orderId}, which too many file at once,");
    }

    /// <summary>
    /// A look says when the next one is. A row that stands because the order is about to change stays: the look may have seen it as it was
    /// before. So does what others have filed since the row was read, unless that is later: a look too early costs a call, one too late
    /// keeps somebody waiting. One storage call, and two more after a lost race.
    /// </summary>
    /// <param name="row">As it was before the order was read; null when there was none.</param>
    /// <param name="due">Null when nothing is expected any more.</param>
    /// <param name="isHindered">Whether the look was kept from something.</param>
    /// <exception cref="UnavailableException">Others file the same order again and again.</exception>
    public async Task SettleAsync(string orderId, ReconciliationRow? row, DateTimeOffset now, DateTimeOffset? due, bool isHindered, CancellationToken cancellation)
    {
        for (var lost = 0; lost < Attempts; lost++)
        {
            if (row is null && due is null) return;
            var stays = row is not null && (row.IsDueWithin(Grace, now) || (lost > 0 && (due is null || row.Due <= due)));
            if (stays && (row!.IsHindered == true) == isHindered) return;
            var next = stays ? row!.Due : due;
            if (row is null ? await TryAddAsync(ReconciliationRow.Of(orderId, next!.Value, isHindered), cancellation)
                : next is null ? await RemoveAsync(row, cancellation)
                : await TryMergeAsync(ReconciliationRow.Of(orderId, next.Value, isHindered), row.ETag, cancellation)) return;
            row = await FindAsync(orderId, cancellation);
        }

        throw new UnavailableException($"The schedule of {orderId}, which too many file at once,");
    }

    /// <returns>The order's row as it is now, or null. One storage call.</returns>
    public Task<ReconciliationRow?> FindAsync(string orderId, CancellationToken cancellation) =>
        _table.FindAsync<ReconciliationRow>(ReconciliationRow.PartitionOf(orderId), orderId, cancellation);

    /// <summary>Has a row come up again at another time, unless somebody has filed the order again or taken it out since it was read. One storage call.</summary>
    public async Task PostponeAsync(ReconciliationRow row, DateTimeOffset due, CancellationToken cancellation)
    {
        if (row.PartitionKey != ReconciliationRow.PartitionOf(row.RowKey))
        {
            // From before the rows were spread over partitions: it moves.
            await SetAsync(row.RowKey, due, cancellation);
            await RemoveAsync(row, cancellation);
            return;
        }

        await TryMergeAsync(ReconciliationRow.Of(row.RowKey, due), row.ETag, cancellation);
    }

    /// <summary>Takes a row out, unless somebody has filed the order again since it was read. One storage call.</summary>
    /// <returns>False when somebody has, or it is gone.</returns>
    public Task<bool> RemoveAsync(ReconciliationRow row, CancellationToken cancellation) =>
        ConditionalWrite.TryAsync(() => _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation));

    /// <summary>
    /// The rows that have been due longest, at most so many. One storage call for every thousand rows there are, due or not: the table
    /// knows no order but that of its keys, so which have waited longest only a look at all of them tells.
    /// </summary>
    /// <param name="overdue">What was due before this is counted as overdue.</param>
    public async Task<DueRows> DueAsync(DateTimeOffset time, DateTimeOffset overdue, int most, CancellationToken cancellation)
    {
        var due = new DueRows(most, overdue);
        await foreach (var row in _table.QueryAsync<ReconciliationRow>(TableClient.CreateQueryFilter($"Due le {time}"), cancellationToken: cancellation)) due.Add(row);
        return due;
    }

    private async Task<bool> TryAddAsync(ReconciliationRow row, CancellationToken cancellation)
    {
        try
        {
            await _table.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 409)
        {
            return false;
        }
    }

    private Task<bool> TryMergeAsync(ReconciliationRow row, ETag known, CancellationToken cancellation) =>
        ConditionalWrite.TryAsync(() => _table.UpdateEntityAsync(row, known, TableUpdateMode.Merge, cancellation));

    private Task<bool> TryReplaceAsync(ReconciliationRow row, ETag known, CancellationToken cancellation) =>
        ConditionalWrite.TryAsync(() => _table.UpdateEntityAsync(row, known, TableUpdateMode.Replace, cancellation));
}
