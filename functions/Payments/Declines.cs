using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Payments;

/// <summary>
/// Tries to take the money of an approved checkout that came to nothing. A provider makes no object for them, so the
/// ledger holds them under a name of ours: they are what tells the next try from the one before.
/// </summary>
public static class Declines
{
    /// <summary>After so many, another checkout is needed.</summary>
    private const int MostTries = 12;

    public static IEnumerable<LedgerEntry> Of(Order order, Checkout checkout) =>
        order.Ledger.Where(fact => fact.Kind == FactKind.Capture && fact.Provider == checkout.Provider && fact.ObjectId.StartsWith(Prefix(checkout), StringComparison.Ordinal));

    /// <returns>1, or one more than the tries that came to nothing.</returns>
    public static int NextTry(Order order, Checkout checkout) => Of(order, checkout).Count() + 1;

    /// <summary>
    /// Whether to try again. Only the customer can make the next try end otherwise: one who comes back need not wait, and
    /// otherwise the pauses grow from a minute to an hour (for a first look after fifteen), for word of a new approval
    /// may have been lost.
    /// </summary>
    public static bool IsTryDue(Order order, Checkout checkout, bool isBack, OrderOptions options, DateTimeOffset now)
    {
        var declined = Of(order, checkout).ToList();
        if (declined.Count == 0) return true;
        // The same card twice in a minute is one try, whoever asks.
        var shortest = options.FirstLookAfter / 15;
        var pause = isBack ? shortest : shortest * Math.Pow(4, Math.Min(declined.Count - 1, 3));
        return declined.Max(fact => fact.At) + pause <= now;
    }

    /// <param name="isOver">Whether another try is pointless.</param>
    public static PaymentEvent Event(Order order, Checkout checkout, bool isOver, DateTimeOffset at)
    {
        var attempt = NextTry(order, checkout);
        return new()
        {
            Provider = checkout.Provider,
            EventId = $"{Prefix(checkout)}{attempt}",
            Type = "capture_declined",
            OrderId = order.Id,
            Money = new(FactKind.Capture, $"{Prefix(checkout)}{attempt}", null, order.Gross, order.Currency, FactStatus.Denied, at),
            Checkout = isOver || attempt >= MostTries ? new(checkout.Id, checkout.Attempt, CheckoutState.Expired, checkout.StartedAt, checkout.ExpiresAt, at) : null,
        };
    }

    private static string Prefix(Checkout checkout) => $"declined_{checkout.Id}_";
}
