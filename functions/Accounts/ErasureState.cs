using System.Runtime.Serialization;
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
public sealed class ErasureState : ITableEntity
{
    public const string Row = "erasure";

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = Row;

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    /// <summary>What the record of the erasure is called: a hash over the confirmation, which is not stored. Null while nobody has asked.</summary>
    [DataClass(DataClass.Operational)] public string? Reference { get; set; }

    /// <summary>Until when it can be confirmed.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset? ConfirmBefore { get; set; }

    /// <summary>When it was confirmed; from then on it is carried out, whatever happens.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The sign-in id of the member of staff who confirmed it; null for the person themselves.</summary>
    [DataClass(DataClass.Staff)] public string? StaffId { get; set; }

    /// <summary>Where the account was scheduled, once its profile is gone.</summary>
    [DataMember(Name = AccountEntity.RetentionPartitionName)]
    [DataClass(DataClass.Operational)] public string? RetentionPartition { get; set; }

    /// <summary>Of whom the recipients of the person's data are told that it is erased (Article 19), and what the register of breaches may have of the person; with it, the last of the person goes.</summary>
    [DataClass(DataClass.Contact)] public string? Email { get; set; }

    /// <summary>What the register of breaches may call the person; it goes as soon as it is out of there.</summary>
    [DataClass(DataClass.Identity)] public string? Name { get; set; }

    /// <summary>When the last mail to the person was begun last: of two who carry the erasure out one sends it.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset? MailBegunAt { get; set; }

    public static ErasureState Free(string accountId) => new() { PartitionKey = accountId };
}
