using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>
/// Tries to take the money of an approved checkout that came to nothing. A provider makes no object for them, so the
/// ledger holds them under a name of ours: they are what tells the next try from the one before.
/// </summary>
public static class Declines
{
    /// <summary>Several looks may come together; that is not several tries.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static IEnumerable<LedgerEntry> Of(Order order, Checkout checkout) =>
        order.Ledger.Where(fact => fact.Kind == FactKind.Capture && fact.Provider == checkout.Provider && fact.ObjectId.StartsWith(Prefix(checkout), StringComparison.Ordinal));

    /// <returns>1, or one more than the tries that came to nothing.</returns>
    public static int NextTry(Order order, Checkout checkout) => Of(order, checkout).Count() + 1;

    /// <returns>False right after a try that came to nothing: only the customer can make the next one end otherwise.</returns>
    public static bool IsTryDue(Order order, Checkout checkout, DateTimeOffset now) => Of(order, checkout).All(fact => fact.At + Pause <= now);

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
            Checkout = isOver ? new(checkout.Id, checkout.Attempt, CheckoutState.Expired, checkout.StartedAt, checkout.ExpiresAt, at) : null,
        };
    }

    private static string Prefix(Checkout checkout) => $"declined_{checkout.Id}_";
}
