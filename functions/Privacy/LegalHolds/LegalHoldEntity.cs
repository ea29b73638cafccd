using System.Runtime.Serialization;
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

    /// <summary>One of <see cref="PlaceLegalHold.Reasons"/>.</summary>
    [DataMember(Name = "Code")]
    [DataClass(DataClass.Operational)] public string Reason { get; set; } = PlaceLegalHold.OtherReason;

    /// <summary>What else staff said. Reasons were once sentences, stored under this name: those are notes as well.</summary>
    [DataMember(Name = "Reason")]
    [DataClass(DataClass.Note)] public string? Note { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset PlacedAt { get; set; }

    /// <summary>The account id of the member of staff.</summary>
    [DataClass(DataClass.Staff)] public string PlacedBy { get; set; } = "";
}
