using System.Collections.Immutable;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>An erasure as the register shows it: that there was one, and what law still keeps of it.</summary>
/// <param name="At">When it was confirmed; null when the record cannot be read.</param>
/// <param name="By"><c>person</c> or <c>staff</c>.</param>
/// <param name="Policy">The version of the policy that it went by.</param>
/// <param name="Stays">How many orders stay, by the rule that keeps them.</param>
/// <param name="Told">Who was told of it (Article 19), and where a person is to do the rest.</param>
public sealed record RecordedErasure(string Reference, DateTimeOffset? At, string By, string? Policy, ImmutableArray<RecordedErasure.Kept> Stays, ImmutableArray<ToldRecipient> Told)
{
    /// <param name="Rule">Of <c>GET /api/privacy/policy</c>.</param>
    /// <param name="Until">When the last of them goes.</param>
    public sealed record Kept(string Rule, int Orders, DateOnly? Until);
}
