using System.Collections.Frozen;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>The legal holds: few, so they are read together. Each method is one storage call.</summary>
public sealed class LegalHoldStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.LegalHolds);

    /// <returns>The ids of all accounts that are held.</returns>
    public async Task<FrozenSet<string>> AllAsync(CancellationToken cancellation)
    {
        var held = new List<string>();
        await foreach (var hold in _table.QueryAsync<LegalHoldEntity>(cancellationToken: cancellation)) held.Add(hold.RowKey);
        return held.ToFrozenSet(StringComparer.Ordinal);
    }

    public async Task<LegalHoldEntity?> FindAsync(string accountId, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<LegalHoldEntity>(LegalHoldEntity.Partition, accountId, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    public Task PutAsync(LegalHoldEntity hold, CancellationToken cancellation) => _table.UpsertEntityAsync(hold, TableUpdateMode.Replace, cancellation);

    /// <returns>False when there was none.</returns>
    public async Task<bool> LiftAsync(string accountId, CancellationToken cancellation) =>
        (await _table.DeleteEntityAsync(LegalHoldEntity.Partition, accountId, ETag.All, cancellation)).Status != 404;
}
