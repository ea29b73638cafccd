using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>Tries to take the money of an approved checkout that came to nothing: what tells the next one from those before, and when it is due. Pure.</summary>
public static class Declines
{
    /// <summary>After so many, another checkout is needed.</summary>
    private const int MostTries = 12;

    /// <returns>1, or one more than the tries that came to nothing.</returns>
    public static int NextTry(Checkout checkout) => (checkout.Declined?.Count ?? 0) + 1;

    /// <summary>
    /// When to try again. Only the customer can make the next try end otherwise: one who has agreed anew since does not
    /// wait, one who comes back hardly does, and otherwise the pauses grow from a minute to an hour (for a first look after
    /// fifteen), for word of a new approval may have been lost.
    /// </summary>
    /// <returns>Null when nothing keeps the next try waiting.</returns>
    public static DateTimeOffset? PausedUntil(Checkout checkout, bool isBack, OrderOptions options)
    {
        if (checkout.Declined is not { } declined || declined.IsBefore(checkout.ApprovedAt)) return null;
        // The same card twice in a minute is one try, whoever asks.
        var shortest = options.FirstLookAfter / 15;
        return declined.At + (isBack ? shortest : shortest * Math.Pow(4, Math.Min(declined.Count - 1, 3)));
    }

    public static bool IsTryDue(Checkout checkout, bool isBack, OrderOptions options, DateTimeOffset now) =>
        PausedUntil(checkout, isBack, options) is not { } end || end <= now;

    /// <param name="remedy">What helps: unless it is another card on the same page, the page is over.</param>
    public static PaymentEvent Event(Order order, Checkout checkout, Remedy remedy, DateTimeOffset at)
    {
        var attempt = NextTry(checkout);
        var isOver = remedy != Remedy.OtherCard || attempt >= MostTries;
        var told = remedy == Remedy.OtherCard && isOver ? Remedy.OtherPage : remedy;
        return new()
        {
            Provider = checkout.Provider,
            EventId = $"{checkout.JournalKey}:{attempt}",
            Type = "capture_declined",
            OrderId = order.Id,
            Checkout = new(
                checkout.Id, checkout.Attempt, isOver ? CheckoutState.Expired : CheckoutState.Approved, checkout.StartedAt, checkout.ExpiresAt, at, Declined: new(attempt, at, told, checkout.ApprovedAt)),
        };
    }
}
