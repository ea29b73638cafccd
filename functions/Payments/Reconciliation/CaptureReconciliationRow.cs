using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>A row of the table <c>reconciliation</c>: RowKey <c>captures-{provider}</c> for refunds, <c>captures-{provider}-disputes</c>. As <see cref="CaptureReconciliation"/> has it.</summary>
[Stored(StorageNames.Reconciliation, Prefix + "*", Subject.Reconciliation)]
public sealed class CaptureReconciliationRow : ITableEntity
{
    public const string Prefix = "captures-";

    private const string Disputes = "-disputes";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = ReconciliationStore.Partition;

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset PlacedSince { get; set; }

    [DataClass(DataClass.Operational)] public string? After { get; set; }

    [DataClass(DataClass.Operational)] public long Asked { get; set; }

    [DataClass(DataClass.Operational)] public long Found { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? CompletedAt { get; set; }

    public static CaptureReconciliationRow Of(CaptureReconciliation reconciliation) => new()
    {
        RowKey = Prefix + reconciliation.Provider + (reconciliation.About == CaptureReconciliation.Question.Disputes ? Disputes : ""),
        ETag = reconciliation.ETag,
        PlacedSince = reconciliation.PlacedSince,
        After = reconciliation.After,
        Asked = reconciliation.Asked,
        Found = reconciliation.Found,
        CompletedAt = reconciliation.CompletedAt,
    };

    public CaptureReconciliation ToReconciliation()
    {
        var (provider, about) = RowKey.EndsWith(Disputes, StringComparison.Ordinal)
            ? (RowKey[Prefix.Length..^Disputes.Length], CaptureReconciliation.Question.Disputes)
            : (RowKey[Prefix.Length..], CaptureReconciliation.Question.Refunds);
        return new(provider, about, PlacedSince, After, Asked, Found, CompletedAt) { ETag = ETag };
    }
}
