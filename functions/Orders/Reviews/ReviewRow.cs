using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Reviews;

/// <summary>A row of the table <c>reviews</c>: RowKey is the order's id; why stands in the order.</summary>
[Stored(StorageNames.Reviews, "*", Subject.RetentionSchedule)]
public sealed class ReviewRow : ITableEntity
{
    public const string Partition = "open";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }
}
