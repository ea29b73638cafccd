using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>All legal holds, without what staff have typed: it may name people.</summary>
public sealed class LegalHoldRegister(TableServiceClient tables)
{
    private readonly TableClient _holds = tables.GetTableClient(StorageNames.LegalHolds);

    /// <returns>The oldest first. One storage call for 1,000.</returns>
    public async Task<ImmutableArray<Entry>> AllAsync(CancellationToken cancellation)
    {
        string[] columns = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), nameof(LegalHoldEntity.PlacedAt)];
        var holds = new List<Entry>();
        await foreach (var row in _holds.QueryAsync<TableEntity>(select: columns, cancellationToken: cancellation))
            holds.Add(new(row.PartitionKey == LegalHoldEntity.Partition ? "account" : "order", row.RowKey, row.GetDateTimeOffset(nameof(LegalHoldEntity.PlacedAt)), StaffRoles.Privacy));
        return [.. holds.OrderBy(hold => hold.PlacedAt).ThenBy(hold => hold.Id, StringComparer.Ordinal)];
    }

    /// <param name="Kind"><c>account</c> with all its orders, or one <c>order</c>.</param>
    /// <param name="Id">Of the account or the order.</param>
    /// <param name="PlacedAt">Null when the hold cannot be read; it holds all the same.</param>
    /// <param name="PlacedBy">The role of whoever placed it: which member of staff stands on the hold itself.</param>
    public sealed record Entry(string Kind, string Id, DateTimeOffset? PlacedAt, string PlacedBy);
}
