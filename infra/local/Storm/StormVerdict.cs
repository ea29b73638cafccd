namespace Shop.Local.Storm;

/// <summary>Whether an order that has come to rest is right: what the shop says of it, against what was done and what the providers' books hold.</summary>
public static class StormVerdict
{
    /// <param name="now">By the shop's clock.</param>
    /// <returns>What is wrong, in words; nothing when all is right.</returns>
    public static IEnumerable<string> Of(Deeds deeds, Claimed claimed, IReadOnlyCollection<BookedPayment> books, DateTimeOffset now)
    {
        var charged = books.Sum(book => book.Charged);
        var kept = books.Sum(book => book.Kept);
        var due = Due(deeds, claimed, charged);
        if (books.Any(book => book.Kept < 0)) yield return "more went back than came";
        if (books.Any(book => book.RefundsPending > 0)) yield return "a refund is still under way";
        if (books.Count(book => book.Kept > 0) > 1) yield return "it is charged more than once";
        if (deeds.Paid && !claimed.Cancelled && charged == 0) yield return "it was paid, and nothing was charged";
        if (deeds.Cancelled && !claimed.Cancelled) yield return "it was cancelled, and the shop says it is not";
        if (!deeds.Cancelled && claimed.Cancelled && !deeds.MayHaveExpired(now)) yield return "it has ended, and neither did anybody cancel it nor was its time up";
        if (charged == 0 && !claimed.Cancelled && now > deeds.ExpiresAt) yield return "nobody has paid in its time, and it is not given up";
        if (kept != due) yield return $"{kept} is kept, and it should be {due} of {deeds.Gross}";
        if (claimed.Received != charged) yield return $"the shop says it received {claimed.Received}, and {charged} was charged";
        if (claimed.Refunded != books.Sum(book => book.Refunded)) yield return $"the shop says it sent back {claimed.Refunded}, and the books say {books.Sum(book => book.Refunded)}";
        if (claimed.Withdrawn != books.Sum(book => book.Withdrawn)) yield return $"the shop says {claimed.Withdrawn} was taken back, and the books say {books.Sum(book => book.Withdrawn)}";
        if (claimed.Fulfilment != deeds.Fulfilment) yield return $"its goods should be {deeds.Fulfilment}, and the shop says {claimed.Fulfilment}";
        var status = Status(deeds, claimed, charged, kept);
        if (!status.Contains(claimed.Payment)) yield return $"its payment should be {string.Join(" or ", status)}, and the shop says {claimed.Payment}";
    }

    /// <summary>What the shop may keep: of an order that ended nothing, of another its total without what went back on purpose.</summary>
    private static long Due(Deeds deeds, Claimed claimed, long charged)
    {
        if (charged == 0 || claimed.Cancelled) return 0;
        return deeds.Gross - deeds.RefundsAccepted - deeds.RefundedAtTheProvider - deeds.Withdrawn;
    }

    private static string[] Status(Deeds deeds, Claimed claimed, long charged, long kept) => (charged, kept) switch
    {
        (0, _) => claimed.Cancelled ? ["cancelled"] : ["awaiting", "failed"],
        (_, 0) => ["refunded"],
        _ when deeds.NeedsPerson => ["needs_review"],
        _ when kept == deeds.Gross => ["paid"],
        _ => ["partly_refunded"],
    };
}
