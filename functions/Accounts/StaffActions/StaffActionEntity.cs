using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts.StaffActions;

/// <summary>
/// A line of the register of what staff did: table <c>staffActions</c>, PartitionKey the day and RowKey the moment, both
/// counted down, so that the latest comes first.
/// </summary>
[Stored(StorageNames.StaffActions, "*", Subject.StaffAction)]
public sealed class StaffActionEntity : ITableEntity
{
    /// <summary>The rule under which a day of the register is scheduled.</summary>
    public const string Rule = "staff-action";

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset At { get; set; }

    /// <summary>The sign-in id of the member of staff.</summary>
    [DataClass(DataClass.Staff)] public string StaffId { get; set; } = "";

    /// <summary>The role that let them in, for instance <c>finance</c>.</summary>
    [DataClass(DataClass.Operational)] public string Role { get; set; } = "";

    /// <summary>For instance <c>request_refund</c>.</summary>
    [DataClass(DataClass.Operational)] public string What { get; set; } = "";

    /// <summary><c>order:{id}</c>, <c>account:{hash}</c>, <c>breach:{id}</c>, <c>product:{SKU}</c>, <c>dead-letter:{id}</c> or <c>queue:{name}</c>; null for what is about nobody's data in particular.</summary>
    [DataClass(DataClass.Operational)] public string? About { get; set; }

    /// <summary>For a decision that was taken, the code of its reason.</summary>
    [DataClass(DataClass.Operational)] public string? Reason { get; set; }

    /// <param name="day"><c>yyyyMMdd</c>.</param>
    public static string PartitionOf(string day) =>
        (99_999_999 - int.Parse(day, NumberStyles.None, CultureInfo.InvariantCulture)).ToString("D8", CultureInfo.InvariantCulture);

    public static string RowKeyOf(DateTimeOffset at, string nonce) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:D19}-{nonce}");

    /// <summary>Who knows the account finds its lines; once it is erased nobody can tell from them whose it was.</summary>
    public static string AboutAccount(string accountId) =>
        "account:" + TextHash.Of($"staff-action\n{accountId}", 12);

    public static string AboutOrder(string orderId) => $"order:{orderId}";
}
