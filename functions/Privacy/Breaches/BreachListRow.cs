using System.Globalization;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// A row of the two lists of breaches, in a partition of their own: <c>list-all-{time counted down}-{id}</c>, newest
/// first, and <c>list-open-{id}</c>, which goes when the breach is closed.
/// </summary>
[Stored(StorageNames.Breaches, "list-*", Subject.Breach)]
public sealed class BreachListRow : ITableEntity
{
    public const string Partition = "lists";
    public const string AllPrefix = "list-all-";
    public const string OpenPrefix = "list-open-";

    [DataClass(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [IgnoreDataMember]
    public string BreachId => RowKey[(RowKey.LastIndexOf('-') + 1)..];

    public static BreachListRow Open(string breachId) => new() { RowKey = OpenPrefix + breachId };

    public static BreachListRow All(Breach breach) => new()
    {
        RowKey = string.Create(CultureInfo.InvariantCulture, $"{AllPrefix}{DateTimeOffset.MaxValue.UtcTicks - breach.EnteredAt.UtcTicks:D19}-{breach.Id}"),
    };
}
