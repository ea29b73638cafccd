namespace Shop.Functions.Orders.Settlements;

/// <summary>
/// How much of a capture is gone when refunds, reversals and lost disputes may be about the same money. The provider's rule
/// is in the facts: where it settles disputes by refunds of its own, the dispute says since when
/// (<see cref="LedgerEntry.SettledByRefundsSince"/>); a reversal is how a provider carries out a dispute, wherever there are any.
/// </summary>
public static class MoneyGone
{
    /// <param name="refunds">Those that count.</param>
    /// <param name="reversed">What the provider took back by itself.</param>
    /// <param name="lost">The disputes that were lost.</param>
    public static long Of(IEnumerable<LedgerEntry> refunds, long reversed, IEnumerable<LedgerEntry> lost)
    {
        var sent = refunds.ToList();
        var gone = reversed + sent.Sum(refund => refund.Amount);
        var (unexplained, seenSince) = (reversed, DateTimeOffset.MaxValue);
        // From the dispute that the fewest refunds can have settled to the one that the most can, each refund at most once.
        foreach (var dispute in lost.OrderBy(dispute => dispute.SettledByRefundsSince is not null).ThenByDescending(dispute => dispute.SettledByRefundsSince))
        {
            if (dispute.SettledByRefundsSince is { } since)
            {
                unexplained += sent.Where(refund => refund.At >= since && refund.At < seenSince).Sum(refund => refund.Amount);
                seenSince = since;
            }

            var same = Math.Min(dispute.Amount, unexplained);
            unexplained -= same;
            gone += dispute.Amount - same;
        }

        return gone;
    }
}
