using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Shop.Functions.Platform.Storage;

/// <summary>A row of the <c>retention</c> table: its keys say everything.</summary>
[Stored(StorageNames.Retention, "*", Subject.RetentionSchedule)]
public sealed class RetentionRow : ITableEntity
{
    [DataClass(DataClass.Operational)] public required string PartitionKey { get; set; }

    /// <summary><c>{rule}~{key}</c>; for an account it ends with the account's id.</summary>
    [DataClass(DataClass.Identity)] public required string RowKey { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [IgnoreDataMember] public string Rule => RowKey.Split('~', 2)[0];

    [IgnoreDataMember] public string Key => RowKey.Split('~', 2)[^1];
}
