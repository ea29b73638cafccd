using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>The report to the supervisory authority, or why none is needed.</summary>
/// <param name="LateReason">Needed when it is made later than 72 hours after awareness: the words that the authority was told (Article 33(1)).</param>
/// <param name="NotNeededReason">One of <see cref="Reasons"/>.</param>
/// <param name="Note">What else there is to say of why it is not needed.</param>
public sealed record AuthorityReport(
    DateTimeOffset? At = null, string? Reference = null, string? LateReason = null, string? NotNeededReason = null, string? Note = null)
{
    /// <summary>Why the authority need not be told: no risk to people is likely (Article 33(1)).</summary>
    public static readonly ImmutableArray<string> Reasons = ["risk_unlikely", "data_unintelligible", "contained_in_time", "no_personal_data", OtherReason];

    /// <summary>What only a note says, as what was written before there were codes.</summary>
    public const string OtherReason = "other";
}
