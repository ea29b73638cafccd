using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>An order that stays after an erasure: RowKey <c>order-{order id}</c>, beside the record of the erasure.</summary>
[Stored(StorageNames.Erasures, Prefix + "*", Subject.Erasure)]
public sealed class KeptOrderRow : ITableEntity
{
    public const string Prefix = "order-";

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public string Number { get; set; } = "";

    /// <summary>The rule of the policy that keeps it, one of <see cref="RetentionRules"/>.</summary>
    [DataClass(DataClass.Operational)] public string Rule { get; set; } = "";

    /// <summary>The day (UTC, midnight) on which it goes.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset Until { get; set; }
}
