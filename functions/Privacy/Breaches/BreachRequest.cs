using System.Collections.Immutable;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// What staff say of a breach. Members that are left out stay as they were; one that is given replaces the whole of the
/// earlier one. Nothing goes back to nothing: a correction is another text.
/// </summary>
public sealed record BreachRequest
{
    public const int MaxTextLength = 8_000;

    public DateTimeOffset? NoticedAt { get; init; }

    /// <summary>For a new breach, when it was noticed unless this says otherwise: the clock must never wait for a form.</summary>
    public DateTimeOffset? AwareAt { get; init; }

    public string? WhatHappened { get; init; }

    public ScopeRequest? Scope { get; init; }

    public string? LikelyConsequences { get; init; }

    public string? Measures { get; init; }

    public string? ContactPoint { get; init; }

    public AuthorityReport? ReportedToAuthority { get; init; }

    public PeopleTold? ToldPeople { get; init; }

    /// <summary>True closes it for good.</summary>
    public bool? Closed { get; init; }

    public Problem? Validate(bool isNew)
    {
        var validation = new Validation();
        if (isNew)
        {
            validation.Require(NoticedAt is not null, "noticedAt", "Something is needed here.");
            validation.Require(WhatHappened is not null, "whatHappened", "Something is needed here.");
        }

        validation.Require(this != new BreachRequest(), "$", "Nothing to change was given.");
        Prose(validation, WhatHappened, "whatHappened");
        Prose(validation, LikelyConsequences, "likelyConsequences");
        Prose(validation, Measures, "measures");
        Prose(validation, ContactPoint, "contactPoint");
        Prose(validation, ReportedToAuthority?.Reference, "reportedToAuthority.reference");
        Prose(validation, ReportedToAuthority?.LateReason, "reportedToAuthority.lateReason");
        NotNeeded(validation, ReportedToAuthority?.NotNeededReason, ReportedToAuthority?.Note, AuthorityReport.Reasons, "reportedToAuthority");
        Prose(validation, ToldPeople?.How, "toldPeople.how");
        NotNeeded(validation, ToldPeople?.NotNeededReason, ToldPeople?.Note, PeopleTold.Reasons, "toldPeople");
        Scope?.Validate(validation);
        return validation.Problem;
    }

    /// <summary>The first revision. Its scope is to be added.</summary>
    public Breach ToBreach(string id, DateTimeOffset now, string by) => new()
    {
        Id = id,
        Revision = 1,
        EnteredAt = now,
        ChangedAt = now,
        ChangedBy = by,
        NoticedAt = NoticedAt!.Value,
        AwareAt = AwareAt ?? NoticedAt.Value,
        WhatHappened = WhatHappened!,
        LikelyConsequences = LikelyConsequences,
        Measures = Measures,
        ContactPoint = ContactPoint,
        ReportedToAuthority = ReportedToAuthority,
        ToldPeople = ToldPeople,
        ClosedAt = Closed == true ? now : null,
    };

    /// <summary>The next revision. Its scope is still the earlier one.</summary>
    public Breach ApplyTo(Breach breach, DateTimeOffset now, string by) => breach with
    {
        Revision = breach.Revision + 1,
        ChangedAt = now,
        ChangedBy = by,
        NoticedAt = NoticedAt ?? breach.NoticedAt,
        AwareAt = AwareAt ?? breach.AwareAt,
        WhatHappened = WhatHappened ?? breach.WhatHappened,
        LikelyConsequences = LikelyConsequences ?? breach.LikelyConsequences,
        Measures = Measures ?? breach.Measures,
        ContactPoint = ContactPoint ?? breach.ContactPoint,
        ReportedToAuthority = ReportedToAuthority ?? breach.ReportedToAuthority,
        ToldPeople = ToldPeople ?? breach.ToldPeople,
        ClosedAt = Closed == true ? now : null,
    };

    /// <summary>A code for the books; what else there is to say is a note, which may name people and goes with them.</summary>
    private static void NotNeeded(Validation validation, string? reason, string? note, ImmutableArray<string> codes, string path)
    {
        validation.Require(reason is null || codes.Contains(reason), $"{path}.notNeededReason", $"One of: {string.Join(", ", codes)}. What else there is to say is a note.");
        validation.Require(note is null || reason is not null, $"{path}.note", "A note belongs to the reason why it is not needed.");
        Prose(validation, note, $"{path}.note");
    }

    /// <summary>Text of several lines.</summary>
    private static void Prose(Validation validation, string? text, string path)
    {
        if (text is null) return;
        validation.Require(!string.IsNullOrWhiteSpace(text), path, "Something is needed here.");
        validation.Require(text.Length <= MaxTextLength, path, $"At most {MaxTextLength} characters.");
        validation.Require(!text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), path, "Control characters are not allowed.");
    }
}
