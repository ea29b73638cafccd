using System.Collections.Immutable;

namespace Shop.Local.Storm;

/// <summary>A great fault, drawn from the seed before anything happens.</summary>
/// <param name="At">Which part of the storm is over by then, from 0 to 1.</param>
/// <param name="AndAnswers">It comes so many answers later, so that it meets what is under way.</param>
/// <param name="Tender">Whose outage it is.</param>
/// <param name="Length">How long that is, or how far the clock is moved.</param>
public sealed record PlannedFault(StormFault Fault, double At, int AndAnswers, Tender Tender, TimeSpan Length)
{
    private const int MostAnswers = 40;

    private const int ShortestOutageSeconds = 5;
    private const int LongestOutageSeconds = 20;

    /// <summary>What is unpaid is given up after six hours (<see cref="StormShop.UnpaidLifetime"/>): some moves are longer.</summary>
    private const int LongestMoveHours = 10;

    /// <summary>Each kind is spread over the whole storm but its very beginning and end.</summary>
    public static ImmutableArray<PlannedFault> Plan(int kills, int others, Random random) =>
    [
        .. Enum.GetValues<StormFault>()
            .SelectMany(fault => Enumerable.Range(0, fault == StormFault.ShopKilled ? kills : others)
                .Select(number => Draw(fault, number, fault == StormFault.ShopKilled ? kills : others, random)))
            .OrderBy(fault => fault.At),
    ];

    private static PlannedFault Draw(StormFault fault, int number, int of, Random random) => new(
        fault,
        0.1 + (0.8 * (number + random.NextDouble()) / of),
        random.Next(1, MostAnswers),
        Tenders.All[random.Next(Tenders.All.Count)],
        fault == StormFault.ClockMoved
            ? TimeSpan.FromMinutes(random.Next(60, LongestMoveHours * 60))
            : TimeSpan.FromSeconds(random.Next(ShortestOutageSeconds, LongestOutageSeconds + 1)));
}
