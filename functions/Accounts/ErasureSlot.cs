using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// Where the erasure of an account stands: table <c>accounts</c>, RowKey <c>erasure</c>. It is there as long as anything
/// of the account is, and the last to go: while it stands without a profile beside it, no new account can be opened there.
/// </summary>
[Stored(StorageNames.Accounts, Row, Subject.Account)]
public sealed class ErasureSlot : ITableEntity
{
    public const string Row = "erasure";

    [Holds(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = Row;

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>What the record of the erasure is called: a hash over the confirmation, which is not stored. Null while nobody has asked.</summary>
    [Holds(DataClass.Operational)] public string? Reference { get; set; }

    /// <summary>Until when it can be confirmed.</summary>
    [Holds(DataClass.Operational)] public DateTimeOffset? ConfirmBefore { get; set; }

    /// <summary>When it was confirmed; from then on it is carried out, whatever happens.</summary>
    [Holds(DataClass.Operational)] public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The sign-in id of the member of staff who confirmed it; null for the person themselves.</summary>
    [Holds(DataClass.Operational)] public string? StaffId { get; set; }

    /// <summary>Where the account was filed, once its profile is gone.</summary>
    [Holds(DataClass.Operational)] public string? FiledIn { get; set; }

    public static ErasureSlot Free(string accountId) => new() { PartitionKey = accountId };
}
