using System.Collections.Immutable;

namespace Shop.Functions.Orders;

/// <summary>A fact about money, keyed by the provider's own object.</summary>
/// <param name="Kind">What the object is.</param>
/// <param name="Provider">Whose object it is, for instance <c>stripe</c>.</param>
/// <param name="ObjectId">The provider's id of it, for instance <c>pi_…</c>.</param>
/// <param name="Parent">For a refund or a dispute, the key of the capture it is about.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="At">When it came to be so, by the provider's clock.</param>
/// <param name="Reference">For a refund that this shop asked for, what it answers; null for one that people made at the provider.</param>
public sealed record LedgerEntry(
    FactKind Kind,
    string Provider,
    string ObjectId,
    string? Parent,
    long Amount,
    string Currency,
    FactStatus Status,
    DateTimeOffset At,
    string? Reference = null)
{
    /// <summary>For instance <c>capture:stripe:pi_123</c>.</summary>
    public string Key => KeyOf(Kind, Provider, ObjectId);

    public static string KeyOf(FactKind kind, string provider, string objectId) => $"{kind.ToString().ToLowerInvariant()}:{provider}:{objectId}";
}

public enum FactKind
{
    Capture,
    Refund,
    Dispute,
}

/// <summary>
/// The statuses of all kinds, each kind's in the order in which they move. The status of a capture or a refund never
/// goes back: a capture that completed cannot become pending again because an older event arrives late.
/// </summary>
public enum FactStatus
{
    /// <summary>Capture, refund: on its way.</summary>
    Pending,

    /// <summary>Capture: it will not come. Money that came after all counts more, so this ranks below completed.</summary>
    Denied,

    /// <summary>Capture: the money is there.</summary>
    Completed,

    /// <summary>Capture: the provider took the money back.</summary>
    Reversed,

    /// <summary>Refund: the money went back.</summary>
    Succeeded,

    /// <summary>Refund: it did not go back; this can follow success.</summary>
    Failed,

    /// <summary>Dispute: the customer's bank asks for the money.</summary>
    Open,

    /// <summary>Dispute: the money stays.</summary>
    Won,

    /// <summary>Dispute: the money is gone.</summary>
    Lost,
}

/// <summary>The truth about an order's money: a set of facts merged by rank, never by the order they arrive in.</summary>
public static class Ledger
{
    /// <returns>
    /// The ledger with the fact in it (the very same array when it says nothing new), and whether a status changed.
    /// </returns>
    /// <exception cref="OrderLimitException">There are <see cref="Order.MostLedgerEntries"/> already.</exception>
    public static (ImmutableArray<LedgerEntry> Ledger, bool StatusChanged) Merge(ImmutableArray<LedgerEntry> ledger, LedgerEntry fact)
    {
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

    /// <summary>What both say together. Some events leave out whose refund it is or what it answers: whoever says so is believed.</summary>
    private static LedgerEntry Merge(LedgerEntry known, LedgerEntry fact) => (Compare(known, fact) >= 0 ? known : fact) with
    {
        Parent = Later(known.Parent, fact.Parent),
        Reference = Later(known.Reference, fact.Reference),
    };

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
        return byCurrency != 0 ? byCurrency : right.At.CompareTo(left.At);
    }

    private static string? Later(string? left, string? right) => string.CompareOrdinal(left, right) >= 0 ? left : right;

    /// <summary>Kept in key order, so that equal facts make equal ledgers.</summary>
    private static int ByKey(LedgerEntry left, LedgerEntry right) => string.CompareOrdinal(left.Key, right.Key);
}
