using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// The purge's own book, one partition of table <c>purges</c>: how far the run under way has come, and the report of
/// every run. A change of both is one transaction, so that the chain has no gap and no fork.
/// </summary>
public sealed class PurgeBook(TableServiceClient tables)
{
    private const string Partition = "purge";
    private const int Attempts = 12;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Purges);

    /// <summary>One storage call.</summary>
    public async Task<PurgeState> ReadAsync(CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<PurgeState>(Partition, PurgeState.Row, cancellationToken: cancellation);
        return found.HasValue ? found.Value! : new PurgeState { PartitionKey = Partition };
    }

    public async Task<PurgeReport?> FindReportAsync(int number, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<PurgeReportEntity>(Partition, PurgeReportEntity.RowKeyOf(number), cancellationToken: cancellation);
        return found.HasValue ? found.Value!.ToReport() : null;
    }

    /// <returns>Every report, in the order of their numbers.</returns>
    public async Task<List<PurgeReport>> ReportsAsync(CancellationToken cancellation)
    {
        var reports = new List<PurgeReport>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {PurgeReportEntity.Prefix} and RowKey lt {"report."}");
        await foreach (var row in _table.QueryAsync<PurgeReportEntity>(filter, cancellationToken: cancellation)) reports.Add(row.ToReport());
        return reports;
    }

    /// <summary>Adds to what the run under way has done; begins one where none is. One storage call, unless another run is at it too.</summary>
    /// <returns>The state as it is stored.</returns>
    public async Task<PurgeState> SaveAsync(PurgeState state, PurgeTally done, DateTimeOffset now, CancellationToken cancellation)
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
    /// come in any order. At most 99 at a time; those of a longer list have rows in the diary themselves.
    /// </summary>
    /// <returns>How many it deleted; none when it was gone.</returns>
    public async Task<int> PruneAsync(int number, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var state = await ReadAsync(cancellation);
            var due = (await ReportsAsync(cancellation)).Where(report => report.Number <= number).Take(99).ToList();
            if (due.Count == 0) return 0;
            (state.PrunedThrough, state.PrunedHash) = (due[^1].Number, due[^1].Hash);
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

/// <summary>What a run has done since it last wrote it down.</summary>
public sealed record PurgeTally(ImmutableArray<PurgeCount> Counts, string? FirstKey, string? LastKey)
{
    public static PurgeTally Nothing { get; } = new([], null, null);

    public PurgeTally And(IEnumerable<PurgeCount> counts) => this with { Counts = PurgeCount.Add(Counts, counts) };

    public PurgeTally Over(string firstKey, string lastKey) => this with { FirstKey = FirstKey ?? firstKey, LastKey = lastKey };
}

/// <summary>Where the purge stands: table <c>purges</c>, RowKey <c>state</c>.</summary>
[Stored(StorageNames.Purges, Row, Subject.PurgeReport)]
public sealed class PurgeState : ITableEntity
{
    public const string Row = "state";

    [Holds(DataClass.None)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = Row;

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>The last day that is worked off, <c>yyyy-MM-dd</c>.</summary>
    [Holds(DataClass.Operational)] public string? FinishedDay { get; set; }

    /// <summary>When the run under way began; null when none is.</summary>
    [Holds(DataClass.Operational)] public DateTimeOffset? RunStartedAt { get; set; }

    /// <summary>JSON array of <see cref="PurgeCount"/>: what the run under way has done.</summary>
    [Holds(DataClass.Operational, ListOf = typeof(PurgeCount))] public string Counts { get; set; } = "[]";

    [Holds(DataClass.Operational)] public string? FirstKey { get; set; }

    [Holds(DataClass.Operational)] public string? LastKey { get; set; }

    [Holds(DataClass.Operational)] public int LastReport { get; set; }

    [Holds(DataClass.Operational)] public string LastHash { get; set; } = "";

    [Holds(DataClass.Operational)] public int PrunedThrough { get; set; }

    [Holds(DataClass.Operational)] public string PrunedHash { get; set; } = "";

    public ChainEnds Ends() => new(PrunedThrough, PrunedHash, LastReport, LastHash);

    public void Add(PurgeTally done, DateTimeOffset now)
    {
        RunStartedAt ??= now;
        Counts = JsonSerializer.Serialize(PurgeCount.Add(CountsNow(), done.Counts), PurgeJson.Web.Type<ImmutableArray<PurgeCount>>());
        FirstKey ??= done.FirstKey;
        LastKey = done.LastKey ?? LastKey;
    }

    /// <summary>The report of the run under way.</summary>
    public PurgeReport Report(DateOnly through, string policy, int left, DateTimeOffset now) =>
        new PurgeReport(LastReport + 1, RunStartedAt ?? now, now, through, policy, CountsNow(), left, LastHash, "")
        {
            FirstKey = FirstKey,
            LastKey = LastKey,
        }.Sealed();

    public void End(PurgeReport report)
    {
        (LastReport, LastHash) = (report.Number, report.Hash);
        (RunStartedAt, Counts, FirstKey, LastKey) = (null, "[]", null, null);
        if (report.Left == 0) FinishedDay = report.Through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private ImmutableArray<PurgeCount> CountsNow() => JsonSerializer.Deserialize(Counts, PurgeJson.Web.Type<ImmutableArray<PurgeCount>>());
}

/// <summary>The report of a purge as it is stored: table <c>purges</c>, RowKey <c>report-{number}</c>.</summary>
[Stored(StorageNames.Purges, Prefix + "*", Subject.PurgeReport)]
public sealed class PurgeReportEntity : ITableEntity
{
    public const string Prefix = "report-";

    [Holds(DataClass.None)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>JSON of <see cref="PurgeReport"/>, exactly as it was hashed.</summary>
    [Holds(DataClass.Operational, JsonOf = typeof(PurgeReport))] public string Report { get; set; } = "";

    public static string RowKeyOf(int number) => Prefix + KeyOf(number);

    /// <summary>What the diary calls it.</summary>
    public static string KeyOf(int number) => number.ToString("D8", CultureInfo.InvariantCulture);

    public static PurgeReportEntity Of(string partition, PurgeReport report) => new()
    {
        PartitionKey = partition,
        RowKey = RowKeyOf(report.Number),
        Report = JsonSerializer.Serialize(report, PurgeJson.Web.PurgeReport),
    };

    public PurgeReport ToReport() => JsonSerializer.Deserialize(Report, PurgeJson.Web.PurgeReport) ?? throw new JsonException("The report is null.");
}
