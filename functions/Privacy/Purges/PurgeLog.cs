using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// The log of the purges, one partition of table <c>purges</c>: how far the run under way has come, and the report of
/// every run. A change of both is one transaction, so that the chain has no gap and no fork.
/// </summary>
public sealed class PurgeLog(TableServiceClient tables)
{
    private const string Partition = "purge";
    private const int Attempts = 12;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Purges);

    /// <summary>One storage call.</summary>
    public async Task<PurgeState> ReadAsync(CancellationToken cancellation) =>
        await _table.FindAsync<PurgeState>(Partition, PurgeState.Row, cancellation) ?? new PurgeState { PartitionKey = Partition };

    public async Task<bool> HasReportAsync(int number, CancellationToken cancellation) =>
        await _table.FindAsync<TableEntity>(Partition, PurgeReportEntity.RowKeyOf(number), cancellation) is not null;

    /// <returns>Every report, in the order of their numbers.</returns>
    public async Task<List<StoredReport>> ReportsAsync(CancellationToken cancellation)
    {
        var reports = new List<StoredReport>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {PurgeReportEntity.Prefix} and RowKey lt {"report."}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (StoredReport.Of(row) is { } report) reports.Add(report);
        }

        return reports;
    }

    /// <summary>Adds to what the run under way has done; begins one where none is. One storage call, unless another run is at it too.</summary>
    /// <returns>The state as it is stored.</returns>
    public async Task<PurgeState> SaveAsync(PurgeState state, PurgeProgress done, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            state.Add(done, now);
            if (await StoreAsync(state, [], cancellation)) return state;
            state = await ReadAsync(cancellation);
        }

        throw new UnavailableException("The purge's book, which too many are writing to at once,");
    }

    /// <summary>Ends the run under way: its report joins the chain. The state must be as it was last read.</summary>
    /// <returns>False when another run has ended or changed it meanwhile.</returns>
    public Task<bool> FinishAsync(PurgeState state, PurgeReport report, CancellationToken cancellation)
    {
        state.End(report);
        return StoreAsync(state, [new(TableTransactionActionType.Add, PurgeReportEntity.Of(Partition, report))], cancellation);
    }

    /// <summary>
    /// Deletes this report and those before it, which are no younger: the chain then begins after it. Two of one day may
    /// come in any order. At most 99 at a time; those of a longer list have rows in the schedule themselves.
    /// </summary>
    /// <returns>How many it deleted; none when it was gone.</returns>
    public async Task<int> PruneAsync(int number, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var state = await ReadAsync(cancellation);
            var all = await ReportsAsync(cancellation);
            var due = all.Where(report => report.Number <= number).Take(99).ToList();
            if (due.Count == 0) return 0;
            // Of a report that cannot be read the next one knows the hash.
            var following = all.FirstOrDefault(report => report.Number == due[^1].Number + 1);
            (state.PrunedThrough, state.PrunedHash) = (due[^1].Number, due[^1].Report?.Hash ?? following?.Report?.PreviousHash ?? state.LastHash);
            var deletions = due.Select(report => new TableEntity(Partition, PurgeReportEntity.RowKeyOf(report.Number)))
                .Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            if (await StoreAsync(state, deletions, cancellation)) return due.Count;
        }

        throw new UnavailableException("The purge's book, which too many are writing to at once,");
    }

    private async Task<bool> StoreAsync(PurgeState state, IEnumerable<TableTransactionAction> also, CancellationToken cancellation)
    {
        var isNew = state.ETag == default;
        TableTransactionAction change = isNew
            ? new(TableTransactionActionType.Add, state)
            : new(TableTransactionActionType.UpdateReplace, state, state.ETag);
        try
        {
            var answers = (await _table.SubmitTransactionAsync([change, .. also], cancellation)).Value;
            state.ETag = answers[0].Headers.ETag ?? default;
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 412 or 409 or 404)
        {
            return false;
        }
    }
}
