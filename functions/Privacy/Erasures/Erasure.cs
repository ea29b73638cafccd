using System.Collections.Immutable;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>An erasure that is done.</summary>
/// <param name="Reference">What its record is called.</param>
public sealed record Erasure(string Reference, DateTimeOffset ConfirmedAt, ImmutableArray<KeptOrder> Kept)
{
    /// <summary>Who was told of it (Article 19).</summary>
    public ImmutableArray<ToldRecipient> Told { get; init; } = [];

    /// <summary>Whether the person has heard that it is done, or never will.</summary>
    public bool IsPersonTold { get; init; } = true;

    /// <summary>Whether somebody is still to be told; until then the person's e-mail address is kept, for that alone.</summary>
    public bool IsToBeTold => !IsPersonTold || Told.Any(one => one.Outcome == RecipientOutcome.Pending);
}
