using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders;

/// <summary>Something about an order's money that a person must decide.</summary>
/// <param name="Case">Which row of the decision table it is.</param>
/// <param name="Fact">The key of the fact it is about.</param>
/// <param name="Detail">What was the case when it came up: other than that is another concern.</param>
public sealed record ReviewConcern(MoneyCase Case, string Fact, string? Detail = null);

/// <summary>What a person decided about an order's concerns; a fact that comes later raises a concern of its own.</summary>
/// <param name="By">The account id of the member of staff.</param>
/// <param name="Concerns">What the decision is about, and nothing else.</param>
public sealed record ReviewResolution(
    ReviewChoice Decision, string Reason, [property: DataClass(DataClass.Identity)] string By, DateTimeOffset At, ImmutableArray<ReviewConcern> Concerns)
{
    public bool Covers(ReviewConcern concern) => Concerns.Contains(concern);
}

/// <summary>What a person can decide.</summary>
public enum ReviewChoice
{
    /// <summary>The money is right as it is: where payment was in doubt, the order counts as paid.</summary>
    Accept,

    /// <summary>Everything goes back and the order is cancelled; refunds that failed are tried again.</summary>
    Refund,

    /// <summary>Nothing more is done about it: what is lost is lost.</summary>
    WriteOff,
}
