using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Reviews;

/// <summary>What a person decided about an order's concerns; a fact that comes later raises a concern of its own.</summary>
/// <param name="By">The account id of the member of staff.</param>
/// <param name="Concerns">What the decision is about, and nothing else.</param>
public sealed record ReviewResolution(
    ReviewChoice Decision, string Reason, [property: DataClass(DataClass.Identity)] string By, DateTimeOffset At, ImmutableArray<ReviewConcern> Concerns)
{
    /// <inheritdoc cref="ReviewConcern.Upgrade"/>
    public ReviewResolution Upgrade() => this with { Concerns = [.. Concerns.Select(concern => concern.Upgrade())] };

    public bool Covers(ReviewConcern concern) => Concerns.Contains(concern);
}
