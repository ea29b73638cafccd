using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>A row of the table <c>reconciliation</c>: RowKey <c>events-{provider}</c>. As <see cref="EventListProgress"/> has it.</summary>
[Stored(StorageNames.Reconciliation, Prefix + "*", Subject.Reconciliation)]
public sealed class EventListRow : ITableEntity
{
    public const string Prefix = "events-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = ReconciliationStore.Partition;

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset ReadTo { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? LastRunAt { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? UnderwayFrom { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? UnderwayTo { get; set; }

    [DataClass(DataClass.PaymentReference)] public string? UnderwayPlace { get; set; }

    /// <summary>One a line.</summary>
    [DataClass(DataClass.PaymentReference)] public string PassedOn { get; set; } = "";

    [DataClass(DataClass.Operational)] public long Events { get; set; }

    [DataClass(DataClass.Operational)] public long Found { get; set; }

    public static EventListRow Of(EventListProgress progress) => new()
    {
        RowKey = Prefix + progress.Provider,
        ETag = progress.ETag,
        ReadTo = progress.ReadTo,
        LastRunAt = progress.LastRunAt,
        UnderwayFrom = progress.Underway?.From,
        UnderwayTo = progress.Underway?.To,
        UnderwayPlace = progress.Underway?.Place,
        PassedOn = string.Join('\n', progress.PassedOn),
        Events = progress.Events,
        Found = progress.Found,
    };

    public EventListProgress ToProgress() => new(
        RowKey[Prefix.Length..],
        ReadTo,
        LastRunAt,
        UnderwayFrom is { } from && UnderwayTo is { } to ? new(from, to, UnderwayPlace) : null,
        [.. PassedOn.Split('\n', StringSplitOptions.RemoveEmptyEntries)],
        Events,
        Found)
    {
        ETag = ETag,
    };
}
