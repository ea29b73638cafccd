using System.Collections.Immutable;

namespace Shop.Functions.Orders.Reviews;

/// <summary>What kept the last look at an order from doing what is owed; the order itself cannot know.</summary>
/// <param name="IsNotAnswering">Whether a part that is needed, a provider most likely, does not answer.</param>
/// <param name="ShutOutBy">The providers that do not let this shop in: their keys need a person.</param>
public sealed record Hindrance(bool IsNotAnswering, ImmutableArray<string> ShutOutBy)
{
    public const string NotAnswering = "not_answering";
    public const string ProviderAccess = "provider_access";

    public bool IsShutOut(string provider) => ShutOutBy.Contains(provider);

    /// <returns>What keeps something that needs the provider, in the API's words; null when nothing is known to.</returns>
    public string? WhyOf(string provider) => IsShutOut(provider) ? ProviderAccess : IsNotAnswering ? NotAnswering : null;
}
