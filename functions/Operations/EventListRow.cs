using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Operations;

/// <summary>A row of the table <c>eventLists</c>: RowKey is the provider's name. As <see cref="EventListProgress"/> has it.</summary>
[Stored(StorageNames.EventLists, "*", Subject.EventList)]
public sealed class EventListRow : ITableEntity
{
    public const string Partition = "events";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

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
        RowKey = progress.Provider,
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
        RowKey,
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
