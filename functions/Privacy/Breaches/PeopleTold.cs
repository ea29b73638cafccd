using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>That the people affected were told, or why they need not be (Article 34).</summary>
/// <param name="NotNeededReason">One of <see cref="Reasons"/>.</param>
/// <param name="Note">What else there is to say of why it is not needed.</param>
public sealed record PeopleTold(DateTimeOffset? At = null, string? How = null, string? NotNeededReason = null, string? Note = null)
{
    /// <summary>Why people need not be told: no high risk (Article 34(1)), or what Article 34(3) has under (a), (b) and (c).</summary>
    public static readonly ImmutableArray<string> Reasons = ["no_high_risk", "data_unintelligible", "risk_averted", "told_publicly", AuthorityReport.OtherReason];
}
