using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Purges;

/// <summary>How often a purge did something under a rule.</summary>
public sealed record PurgeCount(string Rule, PurgeAction Action, int Count)
{
    /// <returns>Both together, in a fixed order.</returns>
    public static ImmutableArray<PurgeCount> Add(IEnumerable<PurgeCount> left, IEnumerable<PurgeCount> right) =>
    [
        .. left.Concat(right).GroupBy(count => (count.Rule, count.Action))
            .Select(group => new PurgeCount(group.Key.Rule, group.Key.Action, group.Sum(count => count.Count)))
            .Where(count => count.Count > 0)
            .OrderBy(count => count.Rule, StringComparer.Ordinal).ThenBy(count => count.Action),
    ];
}
