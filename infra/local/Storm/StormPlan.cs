using System.Collections.Immutable;

namespace Shop.Local.Storm;

/// <summary>What customers and staff are to do, and when the shop is to be killed: drawn from the seed before anything happens.</summary>
/// <param name="Kills">The shop is killed some answers after so many orders have been begun.</param>
public sealed record StormPlan(ImmutableArray<PlannedOrder> Orders, ImmutableArray<(int AfterOrders, int AndAnswers)> Kills)
{
    public const int Customers = 6;

    private static readonly (Paying Choice, int Weight)[] Payings =
    [
        (Paying.Pays, 8), (Paying.PaysAndGoesAway, 3), (Paying.PaysLater, 2), (Paying.DeclinedFirst, 2), (Paying.TurnsBackFirst, 2), (Paying.WithBoth, 3),
        (Paying.CancelsAtThePage, 2), (Paying.Abandons, 1),
    ];

    private static readonly (Aftermath Choice, int Weight)[] Aftermaths =
    [
        (Aftermath.Nothing, 8), (Aftermath.Cancels, 3), (Aftermath.RefundedInParts, 3), (Aftermath.RefundedInFull, 2), (Aftermath.RefundedAtTheProvider, 2),
        (Aftermath.DisputeWon, 1), (Aftermath.DisputeLost, 1), (Aftermath.DisputeLostInPart, 1), (Aftermath.RefundedInDispute, 1), (Aftermath.TakenInPart, 1),
        (Aftermath.InquiryAnswered, 1), (Aftermath.InquiryRefunded, 1), (Aftermath.Prevented, 1),
        (Aftermath.Sent, 4), (Aftermath.SentInPart, 2), (Aftermath.TakenBack, 2), (Aftermath.CameBack, 3),
    ];

    public static StormPlan Of(int orders, int kills, Random random) => new(
        [.. Enumerable.Range(0, orders).Select(number => Order(number, random))],
        [.. Enumerable.Range(0, kills).Select(_ => (random.Next(orders / 10, Math.Max(orders * 9 / 10, 1)), random.Next(1, 40))).Order()]);

    private static PlannedOrder Order(int number, Random random)
    {
        var paying = Draw(Payings, random);
        var aftermath = Draw(Aftermaths, random);
        // Of two payments one goes back, and nobody at a provider's dashboard could know which.
        var clear = paying != Paying.WithBoth || aftermath is Aftermath.Nothing or Aftermath.Cancels;
        return new(number, number % Customers, random.Next(1, 4), Tenders.All[random.Next(2)], paying, clear ? aftermath : Aftermath.Nothing, Counted: random.Next(4));
    }

    private static T Draw<T>((T Choice, int Weight)[] choices, Random random)
    {
        var drawn = random.Next(choices.Sum(choice => choice.Weight));
        return choices.First(choice => (drawn -= choice.Weight) < 0).Choice;
    }
}
