using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Recipients;

/// <summary>That a recipient was told of an erasure, without saying whose: RowKey <c>told-{recipient}</c>, beside the record of the erasure.</summary>
[Stored(StorageNames.Erasures, Prefix + "*", Subject.Erasure)]
public sealed class ToldRecipientRow : ITableEntity
{
    public const string Prefix = "told-";

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>A <see cref="RecipientOutcome"/>.</summary>
    [DataClass(DataClass.Operational)] public string Outcome { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset At { get; set; }
}
