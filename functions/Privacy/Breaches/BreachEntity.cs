using System.Globalization;
using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>A revision as it is stored: table <c>breaches</c>, PartitionKey the breach's id, RowKey <c>revision-{counted down}</c>.</summary>
[Stored(StorageNames.Breaches, Prefix + "*", Subject.Breach)]
public sealed class BreachEntity : ITableEntity
{
    public const string Prefix = "revision-";

    [DataClass(DataClass.Operational)] public string PartitionKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public string RowKey { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [DataClass(DataClass.None)] public ETag ETag { get; set; }

    [DataClass(DataClass.Operational)] public int Revision { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset EnteredAt { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The account id of a member of staff.</summary>
    [DataClass(DataClass.Staff)] public string ChangedBy { get; set; } = "";

    [DataClass(DataClass.Operational)] public DateTimeOffset NoticedAt { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset AwareAt { get; set; }

    /// <summary>This and the other texts are the shop's own words, which should name nobody; where they do, in full or by the e-mail address, <see cref="BreachNotes"/> takes it out.</summary>
    [DataClass(DataClass.Note)] public string WhatHappened { get; set; } = "";

    [DataClass(DataClass.Operational)] public bool HasScope { get; set; }

    /// <summary>Their names, with blanks between them.</summary>
    [DataClass(DataClass.Operational)] public string DataClasses { get; set; } = "";

    [DataClass(DataClass.Operational)] public long? People { get; set; }

    [DataClass(DataClass.Operational)] public long? Records { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? ScopeFrom { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? ScopeUntil { get; set; }

    [DataClass(DataClass.Operational)] public int? ListedIn { get; set; }

    [DataClass(DataClass.Operational)] public int Listed { get; set; }

    [DataClass(DataClass.Operational)] public bool IsScopeComplete { get; set; }

    [DataClass(DataClass.Note)] public string? LikelyConsequences { get; set; }

    [DataClass(DataClass.Note)] public string? Measures { get; set; }

    [DataClass(DataClass.Operational)] public string? ContactPoint { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? ReportedAt { get; set; }

    [DataClass(DataClass.Operational)] public string? ReportReference { get; set; }

    [DataClass(DataClass.Note)] public string? ReportLateReason { get; set; }

    /// <summary>One of <see cref="AuthorityReport.Reasons"/>.</summary>
    [DataMember(Name = "ReportNotNeededCode")]
    [DataClass(DataClass.Operational)] public string? ReportNotNeededReason { get; set; }

    /// <summary>Reasons were once sentences, stored under this name: those are notes as well.</summary>
    [DataMember(Name = "ReportNotNeededReason")]
    [DataClass(DataClass.Note)] public string? ReportNotNeededNote { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? ToldAt { get; set; }

    [DataClass(DataClass.Note)] public string? ToldHow { get; set; }

    /// <summary>One of <see cref="PeopleTold.Reasons"/>.</summary>
    [DataMember(Name = "TellNotNeededCode")]
    [DataClass(DataClass.Operational)] public string? TellNotNeededReason { get; set; }

    /// <inheritdoc cref="ReportNotNeededNote" />
    [DataMember(Name = "TellNotNeededReason")]
    [DataClass(DataClass.Note)] public string? TellNotNeededNote { get; set; }

    [DataClass(DataClass.Operational)] public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Later revisions sort first, so that the latest is the first row.</summary>
    public static string RowKeyOf(int revision) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Breach.MaxRevisions - revision:D3}");

    public static BreachEntity Of(Breach breach) => new()
    {
        PartitionKey = breach.Id,
        RowKey = RowKeyOf(breach.Revision),
        Revision = breach.Revision,
        EnteredAt = breach.EnteredAt,
        ChangedAt = breach.ChangedAt,
        ChangedBy = breach.ChangedBy,
        NoticedAt = breach.NoticedAt,
        AwareAt = breach.AwareAt,
        WhatHappened = breach.WhatHappened,
        HasScope = breach.Scope is not null,
        DataClasses = string.Join(' ', breach.Scope?.DataClasses ?? []),
        People = breach.Scope?.People,
        Records = breach.Scope?.Records,
        ScopeFrom = breach.Scope?.From,
        ScopeUntil = breach.Scope?.Until,
        ListedIn = breach.Scope?.ListedIn,
        Listed = breach.Scope?.Listed ?? 0,
        IsScopeComplete = breach.Scope?.IsComplete ?? true,
        LikelyConsequences = breach.LikelyConsequences,
        Measures = breach.Measures,
        ContactPoint = breach.ContactPoint,
        ReportedAt = breach.ReportedToAuthority?.At,
        ReportReference = breach.ReportedToAuthority?.Reference,
        ReportLateReason = breach.ReportedToAuthority?.LateReason,
        ReportNotNeededReason = breach.ReportedToAuthority?.NotNeededReason,
        ReportNotNeededNote = breach.ReportedToAuthority?.Note,
        ToldAt = breach.ToldPeople?.At,
        ToldHow = breach.ToldPeople?.How,
        TellNotNeededReason = breach.ToldPeople?.NotNeededReason,
        TellNotNeededNote = breach.ToldPeople?.Note,
        ClosedAt = breach.ClosedAt,
    };

    public Breach ToBreach() => new()
    {
        Id = PartitionKey,
        Revision = Revision,
        EnteredAt = EnteredAt,
        ChangedAt = ChangedAt,
        ChangedBy = ChangedBy,
        NoticedAt = NoticedAt,
        AwareAt = AwareAt,
        WhatHappened = WhatHappened,
        Scope = HasScope ? ToScope() : null,
        LikelyConsequences = LikelyConsequences,
        Measures = Measures,
        ContactPoint = ContactPoint,
        ReportedToAuthority = AnyOf(ReportedAt, ReportReference, ReportLateReason, ReportNotNeededReason, ReportNotNeededNote)
            ? new(ReportedAt, ReportReference, ReportLateReason, CodeOf(ReportNotNeededReason, ReportNotNeededNote), ReportNotNeededNote)
            : null,
        ToldPeople = AnyOf(ToldAt, ToldHow, TellNotNeededReason, TellNotNeededNote)
            ? new(ToldAt, ToldHow, CodeOf(TellNotNeededReason, TellNotNeededNote), TellNotNeededNote)
            : null,
        ClosedAt = ClosedAt,
        ETag = ETag,
    };

    /// <summary>A sentence that was the reason once still answers: a breach that was settled by it does not ring again.</summary>
    private static string? CodeOf(string? code, string? note) => code ?? (note is null ? null : AuthorityReport.OtherReason);

    private BreachScope ToScope() => new(
        [.. DataClasses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.Parse<DataClass>(name))], People, Records)
    {
        From = ScopeFrom,
        Until = ScopeUntil,
        ListedIn = ListedIn,
        Listed = Listed,
        IsComplete = IsScopeComplete,
    };

    private static bool AnyOf(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (value is not null) return true;
        }

        return false;
    }
}
