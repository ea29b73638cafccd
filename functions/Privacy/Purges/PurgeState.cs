using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>Where the purge stands: table <c>purges</c>, RowKey <c>state</c>.</summary>
[Stored(StorageNames.Purges, Row, Subject.PurgeReport)]
public sealed class PurgeState : ITableEntity
{
    public const string Row = "state";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>The last day that is worked off, <c>yyyy-MM-dd</c>.</summary>
    [DataClass(DataClass.Operational)] public string? FinishedDay { get; set; }

    /// <summary>When the run under way began; null when none is.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset? RunStartedAt { get; set; }

    /// <summary>JSON array of <see cref="PurgeCount"/>: what the run under way has done.</summary>
    [DataClass(DataClass.Operational, ListOf = typeof(PurgeCount))] public string Counts { get; set; } = "[]";

    [DataClass(DataClass.Operational)] public string? FirstKey { get; set; }

    [DataClass(DataClass.Operational)] public string? LastKey { get; set; }

    [DataClass(DataClass.Operational)] public int LastReport { get; set; }

    [DataClass(DataClass.Operational)] public string LastHash { get; set; } = "";

    [DataClass(DataClass.Operational)] public int PrunedThrough { get; set; }

    [DataClass(DataClass.Operational)] public string PrunedHash { get; set; } = "";

    public ChainEnds Ends() => new(PrunedThrough, PrunedHash, LastReport, LastHash);

    public void Add(PurgeProgress done, DateTimeOffset now)
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

    /// <summary>Counts that cannot be read are lost; the purge is not.</summary>
    private ImmutableArray<PurgeCount> CountsNow()
    {
        try
        {
            var counts = JsonSerializer.Deserialize(Counts, PurgeJson.Web.Type<ImmutableArray<PurgeCount>>());
            return counts.IsDefault ? [] : counts;
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
