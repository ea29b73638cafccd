using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts.StaffActions;

/// <summary>
/// What staff did with a person's data: table <c>accounts</c>, RowKey <c>access-{ticks}-{random}</c>. It stands in the
/// person's own partition, so that they see it in their copy and it goes when they do. Which member of staff it was stands
/// in the register only.
/// </summary>
[Stored(StorageNames.Accounts, Prefix + "*", Subject.Account)]
public sealed class StaffAccessEntity : ITableEntity
{
    public const string Prefix = "access-";

    private const int TicksLength = 19;

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>For instance <c>privacy</c>.</summary>
    [DataClass(DataClass.Operational)] public string Role { get; set; } = "";

    /// <summary>What was done, for instance <c>read_order</c>.</summary>
    [DataClass(DataClass.Operational)] public string What { get; set; } = "";

    /// <summary>The order it was about, if it was about one.</summary>
    [DataClass(DataClass.Operational)] public string? OrderNumber { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset At { get; set; }

    /// <summary>Rows were once written with who of the staff it was, in the key and beside it: nobody else's business.</summary>
    public static TableEntity WithoutStaff(TableEntity row)
    {
        if (!row.Remove("StaffId")) return row;
        row.RowKey = row.RowKey[..Math.Min(row.RowKey.Length, Prefix.Length + TicksLength)];
        return row;
    }

    /// <param name="nonce">Makes two actions at the same moment two rows.</param>
    public static string RowKeyOf(DateTimeOffset at, string nonce) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{at.UtcTicks:D19}-{nonce}");
}
