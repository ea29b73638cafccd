using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Reviews;

/// <summary>
/// Which orders a person must look at, because of a concern, of a parcel or of a refund that is overdue: one row for each, so that the
/// list need not go through all orders. A row is written by whoever learns of it and again by every look; one whose order
/// has neither any more is skipped and taken out by whoever reads the list.
/// </summary>
public sealed class ReviewList(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.Reviews);

    /// <summary>Puts an order on the list; over and over is the same as once. One storage call.</summary>
    /// <param name="hindrance">What keeps the shop from sending back what it owes, if anything does.</param>
    public Task AddAsync(string orderId, CancellationToken cancellation, Hindrance? hindrance = null) =>
        _table.UpsertEntityAsync(ReviewRow.Of(orderId, hindrance), TableUpdateMode.Replace, cancellation);

    /// <summary>Takes an order off the list. One storage call.</summary>
    public Task RemoveAsync(string orderId, CancellationToken cancellation) => RemoveAsync(orderId, ETag.All, cancellation);

    /// <summary>Takes a row out, unless somebody has put the order on the list again since it was read.</summary>
    public Task RemoveAsync(string orderId, ETag read, CancellationToken cancellation) =>
        ConditionalWrite.TryAsync(() => _table.DeleteEntityAsync(ReviewRow.Partition, orderId, read, cancellation));

    /// <summary>Takes an order off the list that nothing hinders any more; one that is there for another reason stays. Two storage calls at most.</summary>
    public async Task RemoveHinderedAsync(string orderId, CancellationToken cancellation)
    {
        if (await _table.FindAsync<ReviewRow>(ReviewRow.Partition, orderId, cancellation) is { } row && row.ToHindrance() is not null) await RemoveAsync(orderId, row.ETag, cancellation);
    }

    /// <summary>A page of the list, by order id. One storage call.</summary>
    /// <param name="after">The order id to go on after; null for the first page.</param>
    /// <returns>The rows and the order id to go on after; null when there are no more.</returns>
    public async Task<(ImmutableArray<ReviewRow> Rows, string? Next)> PageAsync(int size, string? after, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ReviewRow.Partition} and RowKey gt {after ?? ""}");
        var rows = new List<ReviewRow>(size + 1);
        await foreach (var row in _table.QueryAsync<ReviewRow>(filter, maxPerPage: size + 1, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count > size) break;
        }

        return ([.. rows.Take(size)], rows.Count > size ? rows[size - 1].RowKey : null);
    }
}
