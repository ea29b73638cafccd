using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>
/// One step on the record of a consent: table <c>accounts</c>, RowKey <c>consent-{purpose}-{ticks}</c>. Steps are only
/// ever added; the latest one holds, and one that gives a consent only once it is confirmed.
/// </summary>
[Stored(StorageNames.Accounts, Prefix + "*", Subject.Account)]
public sealed class ConsentEntity : ITableEntity
{
    public const string Prefix = "consent-";

    /// <summary>The purpose of a step that is no consent: staff have decided whether the person is under 16.</summary>
    public const string Age = "age";

    [DataClass(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.None)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Consent)] public string Purpose { get; set; } = "";

    /// <summary>True when it was given, false when it was withdrawn.</summary>
    [DataClass(DataClass.Consent)] public bool Given { get; set; }

    [DataClass(DataClass.Consent)] public DateTimeOffset At { get; set; }

    /// <summary>When the person, or under 16 the parent, said by the link in a mail that it was meant; null while nobody has, and for a withdrawal.</summary>
    [DataClass(DataClass.Consent)] public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The account's address then: news may go there and nowhere else, for a link in a mail to it, or to the parent about it, was answered.</summary>
    [DataClass(DataClass.Contact)] public string? Email { get; set; }

    /// <summary>When somebody was last asked by mail to confirm it; null while nobody was.</summary>
    [DataClass(DataClass.Operational)] public DateTimeOffset? AskedAt { get; set; }

    /// <summary>How often, since nobody had been for a day.</summary>
    [DataClass(DataClass.Operational)] public int Asked { get; set; }

    /// <summary>Which version of the words was agreed to; null for a withdrawal.</summary>
    [DataClass(DataClass.Consent)] public string? Wording { get; set; }

    /// <summary>Whether the person said to be under 16 then.</summary>
    [DataClass(DataClass.Consent)] public bool Under16 { get; set; }

    /// <summary>For somebody under 16, the parent who agreed.</summary>
    [DataClass(DataClass.Consent)] public string? ParentName { get; set; }

    [DataClass(DataClass.Consent)] public string? ParentEmail { get; set; }

    /// <summary>For a decision of staff about the person's age, their role.</summary>
    [DataClass(DataClass.Operational)] public string? Role { get; set; }

    /// <summary>Why they decided so, one of <see cref="DecideAge.Reasons"/>.</summary>
    [DataClass(DataClass.Operational)] public string? Reason { get; set; }

    [DataClass(DataClass.Note)] public string? Note { get; set; }

    public static string RowKeyOf(string purpose, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{purpose}-{at.UtcTicks:D19}");
}
