using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Operations;

/// <summary>How far each provider's list of events has been read: one small row each. Every member is one storage call.</summary>
public sealed class EventListStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.EventLists);

    /// <returns>Null when it has never been read.</returns>
    public async Task<EventListProgress?> FindAsync(string provider, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<EventListRow>(EventListRow.Partition, provider, cancellationToken: cancellation);
        return found.HasValue ? found.Value!.ToProgress() : null;
    }

    /// <exception cref="Azure.RequestFailedException">Somebody else has begun at the same time, for instance.</exception>
    public async Task<EventListProgress> AddAsync(EventListProgress progress, CancellationToken cancellation)
    {
        var stored = await _table.AddEntityAsync(EventListRow.Of(progress), cancellation);
        return progress with { ETag = stored.Headers.ETag ?? default };
    }

    /// <exception cref="Azure.RequestFailedException">Another run is at it, for instance: it has gone on from where this one began.</exception>
    public async Task<EventListProgress> ReplaceAsync(EventListProgress progress, CancellationToken cancellation)
    {
        var stored = await _table.UpdateEntityAsync(EventListRow.Of(progress), progress.ETag, TableUpdateMode.Replace, cancellation);
        return progress with { ETag = stored.Headers.ETag ?? default };
    }
}
