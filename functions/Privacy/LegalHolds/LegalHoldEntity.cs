using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.LegalHolds;

/// <summary>A legal hold as it is stored: table <c>holds</c>, PartitionKey <c>hold</c> and RowKey the account's id, or <c>order-hold</c> and the order's.</summary>
[Stored(StorageNames.LegalHolds, "*", Subject.LegalHold)]
public sealed class LegalHoldEntity : ITableEntity
{
    public const string Partition = "hold";
    public const string OrderPartition = "order-hold";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Identity)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>Typed by staff, so it may name people.</summary>
    [DataClass(DataClass.Identity)] public string Reason { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset PlacedAt { get; set; }

    /// <summary>The account id of the member of staff.</summary>
    [DataClass(DataClass.Identity)] public string PlacedBy { get; set; } = "";
}
