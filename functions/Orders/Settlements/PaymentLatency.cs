using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders.Settlements;

/// <summary>How long the shop took to know that an order is paid. Pure.</summary>
/// <param name="Provider">Whose money pays it.</param>
/// <param name="Time">From the provider's time of the capture.</param>
public sealed record PaymentLatency(string Provider, TimeSpan Time)
{
    /// <returns>Null unless the change makes it an order to be sent because money has come.</returns>
    public static PaymentLatency? Of(Order before, Order after, DateTimeOffset now)
    {
        if (after.Ledger.Length == 0 || FulfilmentList.IsDue(before) || !FulfilmentList.IsDue(after)) return null;
        var known = before.Ledger.Where(IsMoney).Select(fact => fact.Key).ToHashSet();
        return after.Ledger.Where(fact => IsMoney(fact) && !known.Contains(fact.Key)).MaxBy(fact => fact.At) is { } capture ? new(capture.Provider, now - capture.At) : null;
    }

    private static bool IsMoney(LedgerEntry fact) => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed };
}
