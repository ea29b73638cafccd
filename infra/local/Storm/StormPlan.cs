namespace Shop.Local.Storm;

/// <summary>What customers and staff are to do: drawn from the seed, an order after the other, whoever asks for them and when.</summary>
public sealed class StormPlan(int seed)
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

    private readonly Lock _drawing = new();
    private readonly Random _random = new(seed);
    private readonly List<PlannedOrder> _drawn = [];

    /// <param name="number">From 0; customers have them in turn.</param>
    public PlannedOrder Order(int number)
    {
        lock (_drawing)
        {
            while (_drawn.Count <= number) _drawn.Add(Draw(_drawn.Count, _random));
            return _drawn[number];
        }
    }

    private static PlannedOrder Draw(int number, Random random)
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
