using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>An account as it is stored: table <c>accounts</c>, PartitionKey the token's <c>oid</c>, RowKey <c>profile</c>.</summary>
[Stored(StorageNames.Accounts, Row, Subject.Account)]
public sealed class AccountEntity : ITableEntity
{
    public const string Row = "profile";

    /// <summary>The name that <see cref="RetentionPartition"/> is stored under.</summary>
    public const string RetentionPartitionName = "FiledIn";

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Contact)] public string Email { get; set; } = "";

    [DataClass(DataClass.Identity)] public string Name { get; set; } = "";

    [DataClass(DataClass.Identity)] public string? Company { get; set; }

    [DataClass(DataClass.Contact)] public string? Phone { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset OpenedAt { get; set; }

    /// <summary>The last day (the shop's, as midnight UTC) on which the account was opened, read, changed or used to order.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset LastSeenDay { get; set; }

    /// <summary>The partition of the retention table in which it is scheduled, so that its row can go together with it.</summary>
    [DataMember(Name = RetentionPartitionName)]
    [DataClass(DataClass.Operational)] public string? RetentionPartition { get; set; }

    /// <summary>
    /// Whether a legal hold stands on it. It is here as well as in the register of holds, so that whoever changes the account
    /// sees it, or loses the race against it.
    /// </summary>
    [DataClass(DataClass.Operational)] public bool OnHold { get; set; }

    /// <summary>The id of the address that goods are sent to unless another is chosen.</summary>
    [DataClass(DataClass.Delivery)] public string? DefaultDelivery { get; set; }

    /// <summary>The id of the address that invoices are made out to unless another is chosen.</summary>
    [DataClass(DataClass.Delivery)] public string? DefaultBilling { get; set; }

    /// <summary>
    /// Notes that its owner is here. The day is enough for knowing when an account is no longer used, and it makes one
    /// write a day; the e-mail address follows the sign-in, but where a legal hold wants it kept as it is.
    /// </summary>
    /// <returns>True when there is something to write.</returns>
    public bool MarkSeen(string? email, DateOnly today)
    {
        var moves = !OnHold && email is { Length: > 0 and <= 254 } && email != Email;
        var changed = moves || LastDay() < today;
        if (LastDay() < today) LastSeenDay = Midnight(today);
        if (moves) Email = email!;
        return changed;
    }

    /// <returns><see cref="LastSeenDay"/> as a day.</returns>
    public DateOnly LastDay() => DateOnly.FromDateTime(LastSeenDay.UtcDateTime);

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
