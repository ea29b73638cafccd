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

    /// <summary>Money is to go back, and the provider does not let this shop in: its keys need a person.</summary>
    public const string ProviderAccess = "provider_access";

    /// <summary>Money has had to go back for more than an hour.</summary>
    public const string RefundOverdue = "refund_overdue";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>Why a refund that is owed does not leave; null when the order itself says why it is here.</summary>
    [DataClass(DataClass.Operational)] public string? Why { get; set; }
}
