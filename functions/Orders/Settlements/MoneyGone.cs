namespace Shop.Functions.Orders.Settlements;

/// <summary>
/// How much of a capture is gone when refunds, reversals and lost disputes may be about the same money. The provider's rule
/// is in the facts: where it settles disputes by refunds, the dispute says of which time
/// (<see cref="LedgerEntry.SettledByRefundsSince"/>); a reversal is how a provider carries out a dispute, wherever there are any.
/// </summary>
public static class MoneyGone
{
    /// <param name="refunds">Those that count.</param>
    /// <param name="reversed">What the provider took back by itself.</param>
    /// <param name="lost">The disputes that were lost.</param>
    public static long Of(IEnumerable<LedgerEntry> refunds, long reversed, IEnumerable<LedgerEntry> lost)
    {
        var disputes = lost.OrderBy(dispute => dispute.SettledByRefundsSince is not null).ThenByDescending(dispute => dispute.SettledByRefundsSince).ToList();
        if (disputes.Count == 0) return reversed + refunds.Sum(refund => refund.Amount);
        // No penny is the same as two others, and as many as can be are: the dispute that the fewest can have settled chooses
        // first, and of those that it can choose it takes what is of the least use to the others.
        var sent = refunds.OrderBy(refund => refund.Reference is null).ThenByDescending(refund => refund.At).ToList();
        var unexplained = sent.Select(refund => refund.Amount).ToArray();
        var gone = reversed + unexplained.Sum();
        foreach (var dispute in disputes)
        {
            var further = dispute.Amount;
            foreach (var (index, _) in sent.Index().Where(it => CanSettle(it.Item, dispute))) Explain(ref unexplained[index], ref further);
            Explain(ref reversed, ref further);
            gone += further;
        }

        return gone;
    }

    /// <summary>What carries a reference was sent by this shop, which knows why; anything else may be how the provider carries out its decision.</summary>
    private static bool CanSettle(LedgerEntry refund, LedgerEntry dispute) =>
        refund.At >= dispute.SettledByRefundsSince && (refund.Reference is null || refund.At <= (dispute.SettledByRefundsUntil ?? dispute.At));

    private static void Explain(ref long sent, ref long lost)
    {
        var same = Math.Min(sent, lost);
        (sent, lost) = (sent - same, lost - same);
    }
}
