using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>
/// That an account was erased, without saying whose: table <c>erasures</c>, PartitionKey the reference, RowKey
/// <c>erasure</c>. The reference is a hash over the confirmation, which only the person had.
/// </summary>
[Stored(StorageNames.Erasures, Row, Subject.Erasure)]
public sealed class ErasureRecord : ITableEntity
{
    public const string Row = "erasure";

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>The sign-in id of the member of staff who confirmed it; null for the person themselves.</summary>
    [DataClass(DataClass.Staff)] public string? StaffId { get; set; }

    [DataClass(DataClass.Operational)] public string PolicyVersion { get; set; } = "";
}
