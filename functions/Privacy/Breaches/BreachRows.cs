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

    [Holds(DataClass.None)] public string PartitionKey { get; set; } = Partition;

    [Holds(DataClass.Operational)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [IgnoreDataMember]
    public string BreachId => RowKey[(RowKey.LastIndexOf('-') + 1)..];

    public static BreachListRow Open(string breachId) => new() { RowKey = OpenPrefix + breachId };

    public static BreachListRow All(Breach breach) => new()
    {
        RowKey = string.Create(CultureInfo.InvariantCulture, $"{AllPrefix}{DateTimeOffset.MaxValue.UtcTicks - breach.EnteredAt.UtcTicks:D19}-{breach.Id}"),
    };
}

/// <summary>Some of the accounts that were listed with a revision: RowKey <c>touched-{revision}-{part}</c>. Never changed.</summary>
[Stored(StorageNames.Breaches, Prefix + "*", Subject.Breach)]
public sealed class BreachAccountsRow : ITableEntity
{
    public const string Prefix = "touched-";

    /// <summary>So many of the longest ids fit into a property.</summary>
    public const int Most = 200;

    [Holds(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.Operational)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>One on each line: an id has no line ends in it.</summary>
    [Holds(DataClass.Identity)] public string AccountIds { get; set; } = "";

    /// <param name="part">From 0.</param>
    public static string RowKeyOf(int revision, int part) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{revision:D3}-{part:D2}");
}

/// <summary>An alert that was raised: RowKey <c>alert-{hours left}</c>. Whoever adds the row raises it, and nobody else.</summary>
[Stored(StorageNames.Breaches, Prefix + "*", Subject.Breach)]
public sealed class BreachAlertRow : ITableEntity
{
    public const string Prefix = "alert-";

    [Holds(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.Operational)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Operational)] public int HoursLeft { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset RaisedAt { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset? ToldAt { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset? MailedAt { get; set; }

    public static string RowKeyOf(int hoursLeft) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{hoursLeft:D2}");

    public RaisedAlert ToAlert() => new(HoursLeft, RaisedAt, ToldAt, MailedAt);
}
