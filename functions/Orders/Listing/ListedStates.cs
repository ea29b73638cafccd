using System.Globalization;

namespace Shop.Functions.Orders.Listing;

/// <summary>
/// The properties of a row that say how an order stood, one for each of its latest versions. Whoever writes one late covers
/// none of another version's; and where the places are used again, what stands in one says for which time. Pure.
/// </summary>
public static class ListedStates
{
    public const string Prefix = "State";

    /// <summary>A row has 252 properties of its own at most.</summary>
    private const int Places = 200;

    /// <returns>For instance <c>State0007</c> and <c>Paid|Ready|False</c>; from version 200 on with the round at its end.</returns>
    public static (string Name, string State) Of(Order order)
    {
        var (round, place) = Math.DivRem(order.Version, Places);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{place:D4}");
        return (name, round == 0 ? $"{ListedState.Of(order)}" : string.Create(CultureInfo.InvariantCulture, $"{ListedState.Of(order)}|{round}"));
    }

    /// <param name="properties">Of a row, also others than these.</param>
    /// <returns>The state of the latest version; null when there is none.</returns>
    public static string? LatestOf(IEnumerable<(string Name, string? State)> properties) => properties
        .Where(property => property.Name.StartsWith(Prefix, StringComparison.Ordinal))
        .OrderBy(property => RoundOf(property.State)).ThenBy(property => property.Name, StringComparer.Ordinal)
        .LastOrDefault().State;

    private static int RoundOf(string? state) =>
        state?.Split('|') is [_, _, _, var round] && int.TryParse(round, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
}
