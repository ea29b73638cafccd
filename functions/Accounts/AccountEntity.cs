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

    [Holds(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = Row;

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Contact)] public string Email { get; set; } = "";

    [Holds(DataClass.Identity)] public string Name { get; set; } = "";

    [Holds(DataClass.Identity)] public string? Company { get; set; }

    [Holds(DataClass.Contact)] public string? Phone { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset OpenedAt { get; set; }

    /// <summary>The last day (UTC, midnight) on which the account was opened, read, changed or used to order.</summary>
    [Holds(DataClass.Operational)] public DateTimeOffset LastSeenDay { get; set; }

    /// <summary>The partition of the retention table in which it is filed, so that its row can go together with it.</summary>
    [Holds(DataClass.Operational)] public string? FiledIn { get; set; }

    /// <summary>The id of the address that goods are sent to unless another is chosen.</summary>
    [Holds(DataClass.Delivery)] public string? DefaultDelivery { get; set; }

    /// <summary>The id of the address that invoices are made out to unless another is chosen.</summary>
    [Holds(DataClass.Delivery)] public string? DefaultBilling { get; set; }

    /// <summary>
    /// Notes that its owner is here. The day is enough for knowing when an account is no longer used, and it makes one
    /// write a day; the e-mail address follows the sign-in.
    /// </summary>
    /// <returns>True when there is something to write.</returns>
    public bool NoteSeen(string? email, DateTimeOffset now)
    {
        var today = DayOf(now);
        var isNews = LastSeenDay < today || (email is { Length: > 0 and <= 254 } && email != Email);
        if (LastSeenDay < today) LastSeenDay = today;
        if (email is { Length: > 0 and <= 254 }) Email = email;
        return isNews;
    }

    public static DateTimeOffset DayOf(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
