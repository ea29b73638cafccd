using System.Collections.Frozen;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>The legal holds: few, so they are read together. Each method is one storage call.</summary>
public sealed class LegalHoldStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.LegalHolds);

    /// <returns>Everything that is held.</returns>
    public async Task<LegallyHeld> AllAsync(CancellationToken cancellation)
    {
        var held = new List<TableEntity>();
        // What else is in a row need not be right for it to hold.
        string[] keys = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)];
        await foreach (var hold in _table.QueryAsync<TableEntity>(select: keys, cancellationToken: cancellation)) held.Add(hold);
        return new(Of(LegalHoldEntity.Partition), Of(LegalHoldEntity.OrderPartition));

        FrozenSet<string> Of(string partition) => held.Where(hold => hold.PartitionKey == partition).Select(hold => hold.RowKey).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <param name="partition"><see cref="LegalHoldEntity.Partition"/> or <see cref="LegalHoldEntity.OrderPartition"/>.</param>
    public Task<LegalHoldEntity?> FindAsync(string partition, string key, CancellationToken cancellation) =>
        _table.FindAsync<LegalHoldEntity>(partition, key, cancellation);

    public Task PutAsync(LegalHoldEntity hold, CancellationToken cancellation) => _table.UpsertEntityAsync(hold, TableUpdateMode.Replace, cancellation);

    /// <returns>False when there was none.</returns>
    public async Task<bool> LiftAsync(string partition, string key, CancellationToken cancellation) =>
        (await _table.DeleteEntityAsync(partition, key, ETag.All, cancellation)).Status != 404;
}
