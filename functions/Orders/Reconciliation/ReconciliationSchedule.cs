using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Reconciliation;

/// <summary>
/// The orders in flight: one row for each that a provider or this shop still owes something, with when it is to be looked
/// at. Written before what makes it so; a row whose order owes nothing is taken out by the next look. The sweep reads
/// these and no orders, so it costs what is in flight, not what is stored.
/// </summary>
public sealed class ReconciliationSchedule(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.OpenOrders);

    /// <summary>Says when an order is to be looked at; over and over, the last time counts. One storage call.</summary>
    public Task SetAsync(string orderId, DateTimeOffset due, CancellationToken cancellation) =>
        _table.UpsertEntityAsync(new ReconciliationRow { RowKey = orderId, Due = due }, TableUpdateMode.Replace, cancellation);

    /// <returns>The order's row as it is now, or null. One storage call.</returns>
    public async Task<ReconciliationRow?> FindAsync(string orderId, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<ReconciliationRow>(ReconciliationRow.Partition, orderId, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>Takes a row out, unless somebody has filed the order again since it was read. One storage call.</summary>
    public async Task RemoveAsync(ReconciliationRow row, CancellationToken cancellation)
    {
        try
        {
            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 412)
        {
        }
    }

    /// <summary>Rows due before a time, at most so many. One storage call for every thousand rows there are.</summary>
    public async Task<List<ReconciliationRow>> DueBeforeAsync(DateTimeOffset time, int most, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ReconciliationRow.Partition} and Due lt {time}");
        var rows = new List<ReconciliationRow>();
        await foreach (var row in _table.QueryAsync<ReconciliationRow>(filter, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count == most) break;
        }

        return rows;
    }
}

/// <summary>A row of the table <c>openOrders</c>: RowKey is the order's id.</summary>
[Stored(StorageNames.OpenOrders, "*", Subject.RetentionSchedule)]
public sealed class ReconciliationRow : ITableEntity
{
    public const string Partition = "open";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>When it is to be looked at.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset Due { get; set; }
}
