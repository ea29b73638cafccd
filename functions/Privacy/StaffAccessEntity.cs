using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy;

/// <summary>
/// What staff did on a person's behalf: table <c>accounts</c>, RowKey <c>access-{ticks}</c>. It stands in the person's
/// own partition, so that they see it in their export and it goes when they do.
/// </summary>
[Stored(StorageNames.Accounts, Prefix + "*", Subject.Account)]
public sealed class StaffAccessEntity : ITableEntity
{
    public const string Prefix = "access-";

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>The sign-in id of the member of staff.</summary>
    [DataClass(DataClass.Staff)] public string StaffId { get; set; } = "";

    /// <summary>What was done: <c>copy</c>, <c>erasure_asked</c>.</summary>
    [DataClass(DataClass.Operational)] public string What { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset At { get; set; }

    /// <summary>Two members of staff at the same moment are two rows.</summary>
    public static StaffAccessEntity Of(string accountId, string staffId, string what, DateTimeOffset at) => new()
    {
        PartitionKey = accountId,
        RowKey = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{at.UtcTicks:D19}-{staffId}"),
        StaffId = staffId,
        What = what,
        At = at,
    };
}
