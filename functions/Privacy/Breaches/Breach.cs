using Azure;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// One revision of what is known of a personal data breach, reported or not (GDPR, Article 33). A change is a further
/// revision; none is ever overwritten.
/// </summary>
public sealed record Breach
{
    public const int MaxRevisions = 999;

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

    /// <summary>Of the row that was read: a text of it that is taken over must not have been erased meanwhile.</summary>
    public ETag ETag { get; init; }
}
