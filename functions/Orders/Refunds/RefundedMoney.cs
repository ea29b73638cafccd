using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders.Refunds;

/// <summary>The money of an order that went back or is promised back, by what is known of why. Pure.</summary>
/// <param name="Paying">The promises that pay for the lines that they name, whatever was deducted.</param>
/// <param name="Parts">All other money: first what is for certain goods, then what nobody here knows the reason of.</param>
/// <param name="IsAllBack">Nothing is left that could go back.</param>
/// <param name="Currency">In which the order was paid, and in which its refunds are made.</param>
/// <param name="Paid">Minor units of it.</param>
internal sealed record RefundedMoney(ImmutableArray<RefundPromise> Paying, ImmutableArray<RefundedMoney.Part> Parts, bool IsAllBack, string Currency, long Paid)
{
    /// <param name="Amount">Minor units of the order's currency.</param>
    /// <param name="PaysFor">Which goods, in this order.</param>
    /// <param name="Lines">Of which lines alone; null for any.</param>
    internal sealed record Part(DateTimeOffset At, long Amount, ImmutableArray<Whereabouts> PaysFor, ImmutableArray<RefundLine>? Lines = null);

    public static RefundedMoney Of(Order order, Settlement settlement)
    {
        // Money of another currency that a person has accepted is the price.
        var currency = settlement.GoneBack is { Count: 1 } one && !one.ContainsKey(order.Currency) ? one.Keys.Single() : order.Currency;
        var left = settlement.GoneBack.GetValueOrDefault(currency);
        var paid = left + settlement.Refundable.GetValueOrDefault(currency);
        var (captures, paying) = (CaptureAccount.AllOf(order), Keeping(order, settlement));
        foreach (var promise in paying) Take(GoneFor(promise));

        var (known, unclear, reductions) = (new List<Part>(), new List<Part>(), 0L);
        foreach (var promise in order.RefundPromises.Except(paying).OrderBy(promise => promise.At).ThenBy(promise => promise.Id, StringComparer.Ordinal))
        {
            var amount = Take(GoneFor(promise));
            // What was taken back and had been sent all the same names nothing any more.
            var lines = promise.WithdrawnAt is null ? promise.Lines : null;
            if (lines is not null) known.Insert(0, new(promise.At, amount, RefundReasons.PaysOfLinesFor(promise.Reason), lines));
            else if (RefundReasons.IsReduction(promise.Reason)) reductions += amount;
            else (RefundReasons.IsKnown(promise.Reason) ? known : unclear).Add(new(promise.At, amount, RefundReasons.PaysFor(promise.Reason)));
        }

        foreach (var fact in order.Ledger.Where(fact => fact.Currency == currency && IsOfNobodyHere(order, fact)))
            unclear.Add(new(FirstHeardOf(order, fact), Take(fact.Amount), RefundReasons.PaysFor(null)));
        unclear.Add(new(DateTimeOffset.MaxValue, left, RefundReasons.PaysFor(null)));

        // What came beyond the price goes back first, for it is nobody's price.
        var beyond = currency == order.Currency ? Math.Max(0, paid - order.Gross - reductions) : 0;
        foreach (var part in unclear.OrderBy(part => part.At))
        {
            var surplus = Math.Min(beyond, part.Amount);
            beyond -= surplus;
            known.Add(part with { Amount = part.Amount - surplus });
        }

        var parts = known.Where(part => part.Amount > 0).Select(part => part with { Amount = InPrices(part.Amount) });
        return new([.. paying], [.. parts], IsAll(order, settlement), currency, paid);

        long Take(long amount)
        {
            var taken = Math.Min(amount, left);
            left -= taken;
            return taken;
        }

        long GoneFor(RefundPromise promise) => promise.Currency != currency ? 0 : captures.Sum(capture => capture.SentBackFor(promise.Id))
            + settlement.Refunds.Concat(settlement.WaitingRefunds).Where(refund => refund.Reference == promise.Id).Sum(refund => refund.Amount.Amount);

        long InPrices(long amount) => currency == order.Currency ? amount : (long)((Int128)amount * order.Gross / paid);
    }

    /// <summary>One that cannot be kept pays for no more than what of it has gone back, and one that reduces a price for no more than the reduction.</summary>
    private static List<RefundPromise> Keeping(Order order, Settlement settlement) =>
    [
        .. order.RefundPromises.Where(promise => promise is { WithdrawnAt: null, Lines: not null } && !RefundReasons.IsReduction(promise.Reason)
            && settlement.Concerns.All(concern => concern.Reference != promise.Id)),
    ];

    /// <summary>Somebody has made it at the provider, or a bank or the provider has taken it.</summary>
    private static bool IsOfNobodyHere(Order order, LedgerEntry fact) => fact switch
    {
        { Kind: FactKind.Refund, Status: FactStatus.Succeeded or FactStatus.Pending } =>
            fact.Reference != OwedRefund.Surplus && order.RefundPromises.All(promise => promise.Id != fact.Reference),
        { Kind: FactKind.Reversal } or { Kind: FactKind.Dispute, Status: FactStatus.Lost } => true,
        _ => false,
    };

    /// <summary>Once it has arrived, a fact has that time: it counted as gone back before, and what was promised then was less by it.</summary>
    private static DateTimeOffset FirstHeardOf(Order order, LedgerEntry fact) =>
        order.Journal.Where(entry => entry.Key == fact.Key).Select(entry => entry.At).Append(fact.At).Min();

    /// <summary>While a bank asks for money, it looks as if it had gone back.</summary>
    private static bool IsAll(Order order, Settlement settlement) => settlement.Payment == PaymentStatus.Refunded
        || (!order.IsDisputed && settlement.Refundable.Values.All(amount => amount == 0) && settlement.GoneBack.Values.Any(amount => amount > 0));
}
