using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// One revision of what is known of a personal data breach, reported or not (GDPR, Article 33). A change is a further
/// revision; none is ever overwritten.
/// </summary>
public sealed record Breach
{
    public const int MostRevisions = 999;

    /// <summary>32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>From 1.</summary>
    public required int Revision { get; init; }

    /// <summary>When it was entered here.</summary>
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>When this revision was written, and the account id of who wrote it.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public required string ChangedBy { get; init; }

    /// <summary>The first sign that something is wrong.</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>When it was reasonably certain that personal data are affected: the 72 hours run from here.</summary>
    public required DateTimeOffset AwareAt { get; init; }

    public required string WhatHappened { get; init; }

    public BreachScope? Scope { get; init; }

    public string? LikelyConsequences { get; init; }

    /// <summary>Taken or proposed.</summary>
    public string? Measures { get; init; }

    /// <summary>Who can be asked for more.</summary>
    public string? ContactPoint { get; init; }

    public AuthorityReport? ReportedToAuthority { get; init; }

    public PeopleTold? ToldPeople { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>Which data and about how many people and records are affected.</summary>
/// <param name="People">About how many; null while nobody knows.</param>
/// <param name="Records">About how many stored rows; null while nobody knows.</param>
public sealed record BreachScope(ImmutableArray<DataClass> DataClasses, long? People, long? Records)
{
    /// <summary>The time in which strangers may have had access, when the affected accounts are those in use then.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>The revision with which the affected accounts were listed one by one, and how many they are.</summary>
    public int? ListedIn { get; init; }

    public int Listed { get; init; }

    /// <summary>False when counting was broken off at its limit, so that the numbers are at least what there is.</summary>
    public bool IsComplete { get; init; } = true;
}

/// <summary>The report to the supervisory authority, or why none is needed.</summary>
/// <param name="LateReason">Needed when it is made later than 72 hours after awareness (Article 33(1)).</param>
public sealed record AuthorityReport(
    DateTimeOffset? At = null, string? Reference = null, string? LateReason = null, string? NotNeededReason = null);

/// <summary>That the people affected were told, or why they need not be (Article 34).</summary>
public sealed record PeopleTold(DateTimeOffset? At = null, string? How = null, string? NotNeededReason = null);

/// <summary>That staff were alerted with so many hours left; 0 is for the time being up.</summary>
/// <param name="ToldAt">When the mail was handed on; null when the run that raised it was cut off before.</param>
public sealed record RaisedAlert(int HoursLeft, DateTimeOffset RaisedAt, DateTimeOffset? ToldAt, DateTimeOffset? MailedAt);
