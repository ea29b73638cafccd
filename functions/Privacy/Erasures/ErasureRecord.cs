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

    [Holds(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = Row;

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>The sign-in id of the member of staff who confirmed it; null for the person themselves.</summary>
    [Holds(DataClass.Operational)] public string? StaffId { get; set; }

    [Holds(DataClass.Operational)] public string PolicyVersion { get; set; } = "";
}

/// <summary>An order that stays after an erasure: RowKey <c>order-{order id}</c>, beside the record of the erasure.</summary>
[Stored(StorageNames.Erasures, Prefix + "*", Subject.Erasure)]
public sealed class KeptOrderRow : ITableEntity
{
    public const string Prefix = "order-";

    [Holds(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.Operational)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Operational)] public string Number { get; set; } = "";

    /// <summary>The rule of the policy that keeps it, one of <see cref="RetentionRules"/>.</summary>
    [Holds(DataClass.Operational)] public string Rule { get; set; } = "";

    /// <summary>The day (UTC, midnight) on which it goes.</summary>
    [Holds(DataClass.Operational)] public DateTimeOffset Until { get; set; }
}
