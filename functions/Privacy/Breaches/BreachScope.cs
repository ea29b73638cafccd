using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Breaches;

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
