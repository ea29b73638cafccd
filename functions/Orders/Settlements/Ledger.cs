using System.Collections.Immutable;

namespace Shop.Functions.Orders.Settlements;

/// <summary>The truth about an order's money: a set of facts merged by rank, never by the order they arrive in.</summary>
public static class Ledger
{
    /// <returns>
    /// The ledger with the fact in it (the very same array when it says nothing new), and whether a status changed.
    /// </returns>
    /// <exception cref="OrderLimitException">There are <see cref="Order.MostLedgerEntries"/> already.</exception>
    public static (ImmutableArray<LedgerEntry> Ledger, bool StatusChanged) Merge(ImmutableArray<LedgerEntry> ledger, LedgerEntry fact)
    {
        if (ledger.FirstOrDefault(entry => IsSameMoney(entry, fact)) is { } other)
        {
            // It is a reversal, whoever calls it a refund.
            if (fact.Kind == FactKind.Refund) return (ledger, false);
            ledger = ledger.Remove(other);
        }

        var known = ledger.FirstOrDefault(entry => entry.Key == fact.Key);
        if (known is null)
        {
            return ledger.Length < Order.MostLedgerEntries
                ? (ledger.Add(fact).Sort(ByKey), true)
                : throw new OrderLimitException(fact.Key, "ledger entries", Order.MostLedgerEntries);
        }

        var merged = Merge(known, fact);
        return merged == known ? (ledger, false) : (ledger.Replace(known, merged), known.Status != merged.Status);
    }

    /// <returns>Whether the ledger can take the fact: it has room for another one, or the fact goes into what is there.</returns>
    public static bool HasRoomFor(ImmutableArray<LedgerEntry> ledger, LedgerEntry fact) =>
        ledger.Length < Order.MostLedgerEntries || ledger.Any(known => known.Key == fact.Key || IsSameMoney(known, fact));

    /// <summary>What both say together. Some events leave out whose refund it is or what it answers: whoever says so is believed.</summary>
    public static LedgerEntry Merge(LedgerEntry known, LedgerEntry fact) => (Compare(known, fact) >= 0 ? known : fact) with
    {
        Parent = Later(known.Parent, fact.Parent),
        Reference = Later(known.Reference, fact.Reference),
        SettledByRefundsUntil = Earlier(known.SettledByRefundsUntil, fact.SettledByRefundsUntil),
    };

    /// <summary>PayPal shows a reversal in the shape of a refund, and may list it among the refunds: it is the same money, once.</summary>
    private static bool IsSameMoney(LedgerEntry entry, LedgerEntry fact) =>
        (entry.Kind, fact.Kind) is (FactKind.Refund, FactKind.Reversal) or (FactKind.Reversal, FactKind.Refund)
        && entry.Provider == fact.Provider && entry.ObjectId == fact.ObjectId;

    /// <summary>A total order over what can be said of one object, so that the greater of two is the same from either side.</summary>
    private static int Compare(LedgerEntry left, LedgerEntry right)
    {
        // A dispute can be opened again, be decided the other way on appeal, and change its amount: the provider's latest word counts.
        if (left.Kind == FactKind.Dispute && left.At != right.At) return left.At.CompareTo(right.At);
        var byRank = left.Status.CompareTo(right.Status);
        if (byRank != 0) return byRank;
        var byAmount = left.Amount.CompareTo(right.Amount);
        if (byAmount != 0) return byAmount;
        var byCurrency = string.CompareOrdinal(left.Currency, right.Currency);
        // Two events report the same thing with different times: the earliest is when it happened.
        if (byCurrency != 0 || left.At != right.At) return byCurrency != 0 ? byCurrency : right.At.CompareTo(left.At);
        // Within the same second Stripe tells of what it has prevented without the money that it takes for it, and then with it.
        return (right.SettledByRefundsSince ?? DateTimeOffset.MinValue).CompareTo(left.SettledByRefundsSince ?? DateTimeOffset.MinValue);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => right is null || left <= right ? left : right;

    private static string? Later(string? left, string? right) => string.CompareOrdinal(left, right) >= 0 ? left : right;

    /// <summary>Kept in key order, so that equal facts make equal ledgers.</summary>
    private static int ByKey(LedgerEntry left, LedgerEntry right) => string.CompareOrdinal(left.Key, right.Key);
}
