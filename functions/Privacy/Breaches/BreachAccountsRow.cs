using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>Some of the accounts that were listed with a revision: RowKey <c>touched-{revision}-{part}</c>. Never changed.</summary>
[Stored(StorageNames.Breaches, Prefix + "*", Subject.Breach)]
public sealed class BreachAccountsRow : ITableEntity
{
    public const string Prefix = "touched-";

    /// <summary>So many of the longest ids fit into a property.</summary>
    public const int MaxAccounts = 200;

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>One on each line: an id has no line ends in it.</summary>
    [DataClass(DataClass.Identity)] public string AccountIds { get; set; } = "";

    /// <param name="part">From 0.</param>
    public static string RowKeyOf(int revision, int part) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{revision:D3}-{part:D2}");
}
