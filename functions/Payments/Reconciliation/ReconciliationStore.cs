using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>How far each provider has been reconciled: three small rows each. Every member is one storage call.</summary>
public sealed class ReconciliationStore(TableServiceClient tables)
{
    public const string Partition = "providers";

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Reconciliation);

    /// <returns>Of each provider whose list has ever been read.</returns>
    public ValueTask<Dictionary<string, EventListProgress>> EventListsAsync(CancellationToken cancellation) =>
        Rows<EventListRow>(EventListRow.Prefix, cancellation).Select(row => row.ToProgress()).ToDictionaryAsync(progress => progress.Provider, cancellationToken: cancellation);

    /// <returns>Of each provider for which it was ever needed, and each question.</returns>
    public ValueTask<List<CaptureReconciliation>> CapturesAsync(CancellationToken cancellation) =>
        Rows<CaptureReconciliationRow>(CaptureReconciliationRow.Prefix, cancellation).Select(row => row.ToReconciliation()).ToListAsync(cancellation);

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

    /// <summary>Every question, from its beginning, also when one is under way: it may have been about fewer orders.</summary>
    public Task BeginCapturesAsync(string provider, DateTimeOffset placedSince, CancellationToken cancellation) => _table.SubmitTransactionAsync(
        Enum.GetValues<CaptureReconciliation.Question>().Select(about => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, CaptureReconciliationRow.Of(CaptureReconciliation.Begin(provider, about, placedSince)))),
        cancellation);

    /// <exception cref="Azure.RequestFailedException">Somebody else has begun at the same time, for instance.</exception>
    public async Task<CaptureReconciliation> AddAsync(CaptureReconciliation reconciliation, CancellationToken cancellation)
    {
        var stored = await _table.AddEntityAsync(CaptureReconciliationRow.Of(reconciliation), cancellation);
        return reconciliation with { ETag = stored.Headers.ETag ?? default };
    }

    /// <exception cref="Azure.RequestFailedException">It has been begun anew, for instance.</exception>
    public async Task<CaptureReconciliation> ReplaceAsync(CaptureReconciliation reconciliation, CancellationToken cancellation)
    {
        var stored = await _table.UpdateEntityAsync(CaptureReconciliationRow.Of(reconciliation), reconciliation.ETag, TableUpdateMode.Replace, cancellation);
        return reconciliation with { ETag = stored.Headers.ETag ?? default };
    }

    private IAsyncEnumerable<T> Rows<T>(string prefix, CancellationToken cancellation)
        where T : class, ITableEntity =>
        _table.QueryAsync<T>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {prefix} and RowKey lt {prefix + "~"}"), cancellationToken: cancellation);
}
