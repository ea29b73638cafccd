using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Reviews;

/// <summary>A row of the table <c>reviews</c>: RowKey is the order's id; why stands in the order, unless the order cannot know.</summary>
[Stored(StorageNames.Reviews, "*", Subject.RetentionSchedule)]
public sealed class ReviewRow : ITableEntity
{
    public const string Partition = "open";

    /// <summary>A <see cref="Hindrance"/>: a part that is needed, a provider most likely, does not answer.</summary>
    public const string NotAnswering = "not_answering";

    /// <summary>A <see cref="Hindrance"/>: the provider does not let this shop in, and its keys need a person.</summary>
    public const string ProviderAccess = "provider_access";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>What kept the last look from sending back what is owed; null when nothing did.</summary>
    [DataClass(DataClass.Operational)] public string? Hindrance { get; set; }
}
