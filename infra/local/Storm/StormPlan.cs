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

/// <param name="Number">From 0; part of the idempotency key.</param>
/// <param name="Counted">How many of the item that is counted; of others there is no end.</param>
public sealed record PlannedOrder(int Number, int Customer, int Quantity, Tender Tender, Paying Paying, Aftermath Aftermath, int Counted);

/// <summary>What the customer does about paying.</summary>
public enum Paying
{
    Pays,

    /// <summary>Pays, and never comes back to the storefront.</summary>
    PaysAndGoesAway,

    /// <summary>By a bank transfer that takes its time.</summary>
    PaysLater,

    /// <summary>The first try is declined, the second is not.</summary>
    DeclinedFirst,

    /// <summary>Leaves the page, comes back to it, pays.</summary>
    TurnsBackFirst,

    /// <summary>Has a page open at each provider and pays on both.</summary>
    WithBoth,

    /// <summary>Cancels the order while the page is open, and then tries to pay all the same.</summary>
    CancelsAtThePage,

    /// <summary>Opens the page and never pays.</summary>
    Abandons,
}

/// <summary>What happens to an order that was paid.</summary>
public enum Aftermath
{
    Nothing,

    /// <summary>The customer cancels.</summary>
    Cancels,

    /// <summary>Staff send two parts back.</summary>
    RefundedInParts,

    /// <summary>Staff send all of it back.</summary>
    RefundedInFull,

    /// <summary>Somebody sends a part back in the provider's dashboard.</summary>
    RefundedAtTheProvider,

    DisputeWon,

    DisputeLost,

    /// <summary>What begins with an inquiry ends with a part of the money gone.</summary>
    DisputeLostInPart,

    /// <summary>Somebody sends all of it back at the provider, and the buyer wins all the same.</summary>
    RefundedInDispute,

    /// <summary>The provider takes a part by itself: PayPal by a reversal, Stripe by a rule that prevents a dispute.</summary>
    TakenInPart,

    /// <summary>The buyer asks, and is content with the answer.</summary>
    InquiryAnswered,

    /// <summary>The buyer asks, and staff send all of it back.</summary>
    InquiryRefunded,

    /// <summary>Stripe stops the dispute; at PayPal the buyer accepts an offer.</summary>
    Prevented,

    /// <summary>Two parcels leave and arrive.</summary>
    Sent,

    /// <summary>One parcel leaves, with a part of it.</summary>
    SentInPart,

    /// <summary>A parcel is noted and taken back, and then the customer cancels.</summary>
    TakenBack,

    /// <summary>The only parcel comes back; a part of it is fit to be sold again, and all of the money goes back.</summary>
    CameBack,
}
