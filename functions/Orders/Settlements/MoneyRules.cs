using System.Collections.Immutable;
using Shop.Functions.Orders.Reviews;

namespace Shop.Functions.Orders.Settlements;

/// <summary>
/// The decision table: every case in which money does not simply pay an order, and what follows. The README shows the
/// same rows, and a test keeps the two in step.
/// </summary>
public static class MoneyRules
{
    public static MoneyTreatment TreatmentOf(MoneyCase found) => found switch
    {
        MoneyCase.OnItsWay or MoneyCase.Denied or MoneyCase.OddButReturned or MoneyCase.ReversedWithoutHarm => MoneyTreatment.None,
        MoneyCase.WholeTotal or MoneyCase.AcceptedByPerson => MoneyTreatment.Pays,
        MoneyCase.SecondPayment or MoneyCase.PaidAfterEnd => MoneyTreatment.GoesBack,
        MoneyCase.TooLittle or MoneyCase.TooMuch or MoneyCase.OtherCurrency => MoneyTreatment.NeedsPerson,
        MoneyCase.Reversed or MoneyCase.ReversedInPart or MoneyCase.ReversalUndone or MoneyCase.DisputeLostInPart => MoneyTreatment.NeedsPerson,
        MoneyCase.ReturnedTooMuch or MoneyCase.RefundKeepsFailing or MoneyCase.LedgerFull => MoneyTreatment.NeedsPerson,
        MoneyCase.RefundOffered or MoneyCase.NotDelivered => MoneyTreatment.AsksPerson,
        MoneyCase.Inquiry or MoneyCase.DisputeOpen => MoneyTreatment.HoldsGoods,
        MoneyCase.DisputeLost => MoneyTreatment.Loss,
        MoneyCase.DisputeWon => MoneyTreatment.None,
        _ => throw new ArgumentOutOfRangeException(nameof(found), found, null),
    };

    /// <summary>What a person may decide about a case; empty where nobody is asked.</summary>
    public static ImmutableArray<ReviewChoice> ChoicesOf(MoneyCase found) => found switch
    {
        // Writing off would leave money here that belongs to nobody.
        MoneyCase.TooLittle or MoneyCase.TooMuch or MoneyCase.OtherCurrency or MoneyCase.ReversedInPart or MoneyCase.DisputeLostInPart =>
            [ReviewChoice.Accept, ReviewChoice.Refund],
        MoneyCase.Reversed or MoneyCase.ReturnedTooMuch or MoneyCase.RefundKeepsFailing => [ReviewChoice.Accept, ReviewChoice.Refund, ReviewChoice.WriteOff],
        // Only a person can see to it, where it is: at the provider. To end the order would send nothing back.
        MoneyCase.LedgerFull or MoneyCase.ReversalUndone => [ReviewChoice.Accept, ReviewChoice.WriteOff],
        // How much goes back a refund says. That nothing more does can be right as well: for what came back used, or was found in the end.
        MoneyCase.RefundOffered or MoneyCase.NotDelivered => [ReviewChoice.Accept],
        _ => [],
    };

    /// <summary>Why a person is asked, as the API says it: it never changes its meaning.</summary>
    public static string ReasonOf(MoneyCase found) => found switch
    {
        MoneyCase.TooLittle => "paid_too_little",
        MoneyCase.TooMuch => "paid_too_much",
        MoneyCase.OtherCurrency => "wrong_currency",
        MoneyCase.Reversed => "capture_reversed",
        MoneyCase.ReversedInPart => "capture_reversed_in_part",
        MoneyCase.ReversalUndone => "reversal_undone",
        MoneyCase.DisputeLostInPart => "dispute_lost_in_part",
        MoneyCase.ReturnedTooMuch => "refunded_too_much",
        MoneyCase.RefundKeepsFailing => "refund_keeps_failing",
        MoneyCase.LedgerFull => "ledger_full",
        MoneyCase.RefundOffered => "refund_offered",
        MoneyCase.NotDelivered => "not_delivered",
        _ => throw new ArgumentOutOfRangeException(nameof(found), found, "Nobody is asked about this."),
    };

    /// <summary>Which case a capture is.</summary>
    /// <param name="paying">The keys of the captures that pay the order; null when it is not paid.</param>
    public static MoneyCase CaseOf(Order order, CaptureAccount capture, ImmutableHashSet<string>? paying) => capture.Fact.Status switch
    {
        FactStatus.Pending => MoneyCase.OnItsWay,
        FactStatus.Denied => MoneyCase.Denied,
        _ when capture.IsWhollyReversed => IsHarmless(order, capture, paying) ? MoneyCase.ReversedWithoutHarm : MoneyCase.Reversed,
        _ when order.Closed is not null => MoneyCase.PaidAfterEnd,
        _ when paying?.Contains(capture.Key) == false || (paying is null && capture.WentBackAsSurplus) => MoneyCase.SecondPayment,
        _ when paying is not null => Fits(order, capture) ? MoneyCase.WholeTotal : MoneyCase.AcceptedByPerson,
        _ when capture.Returned >= capture.Fact.Amount => MoneyCase.OddButReturned,
        _ when capture.Fact.Currency != order.Currency => MoneyCase.OtherCurrency,
        _ => capture.Fact.Amount < order.Gross ? MoneyCase.TooLittle : MoneyCase.TooMuch,
    };

    /// <summary>Which case a dispute is.</summary>
    /// <param name="about">The capture it is about; null while nobody has told of that.</param>
    public static MoneyCase CaseOf(LedgerEntry dispute, CaptureAccount? about) => dispute.Status switch
    {
        FactStatus.Won => MoneyCase.DisputeWon,
        // A question about money that has gone back asks for nothing.
        FactStatus.Inquiry when about is not null && about.Returned >= about.Fact.Amount => MoneyCase.DisputeWon,
        FactStatus.Inquiry => MoneyCase.Inquiry,
        FactStatus.Open => MoneyCase.DisputeOpen,
        _ when about is { IsWhollyReversed: false } && about.Returned < about.Fact.Amount => MoneyCase.DisputeLostInPart,
        _ => MoneyCase.DisputeLost,
    };

    /// <summary>The cases of money that is or may become the order's, some of which was taken: goods are not sent for less than their price unasked.</summary>
    /// <param name="found">Which case the capture is.</param>
    public static IEnumerable<ReviewConcern> TakenInPart(CaptureAccount capture, MoneyCase found)
    {
        if (capture.IsWhollyReversed || TreatmentOf(found) is not (MoneyTreatment.Pays or MoneyTreatment.NeedsPerson)) yield break;
        if (capture.Reversed > 0 && !capture.IsReversalExplained)
            yield return new(MoneyCase.ReversedInPart, capture.Key, $"{capture.Reversed} taken back");
        foreach (var dispute in capture.About.Where(fact => fact.Kind == FactKind.Dispute && CaseOf(fact, capture) == MoneyCase.DisputeLostInPart))
            yield return new(MoneyCase.DisputeLostInPart, dispute.Key, $"{dispute.Amount} lost");
    }

    /// <summary>
    /// The captures that pay the order: those that a person has accepted, else the first that is right by itself. One that
    /// comes after the order has ended pays nothing, and one that was sent back for another does not take that one's place.
    /// </summary>
    /// <returns>Keys; null when the order is not paid. A person can accept an order as paid that has no money any more.</returns>
    public static ImmutableHashSet<string>? Paying(Order order, ImmutableArray<CaptureAccount> captures)
    {
        if (order.Closed is not null) return null;
        if (!order.Resolutions.IsEmpty && Accepted(order, captures) is { IsEmpty: false } accepted) return accepted;
        var first = captures.FirstOrDefault(capture => capture is { Fact.Status: FactStatus.Completed, IsWhollyReversed: false, WentBackAsSurplus: false } && Fits(order, capture));
        return first is null ? null : [first.Key];
    }

    /// <summary>The captures that made the order a sale: those that pay it, else the first that did until the provider took all of it back.</summary>
    /// <returns>Keys; null when there is no sale.</returns>
    public static ImmutableHashSet<string>? MadeSale(Order order, ImmutableArray<CaptureAccount> captures)
    {
        if (order.Closed is not null) return null;
        if (Paying(order, captures) is { } paying) return paying;
        return captures.FirstOrDefault(capture => capture.IsWhollyReversed && Fits(order, capture)) is { } gone ? [gone.Key] : null;
    }

    /// <summary>Whether it could be what pays the order: money that is right for it, or that a person has accepted while it was here.</summary>
    internal static bool MayPay(Order order, CaptureAccount capture) => Fits(order, capture) || order.Resolutions.Any(resolution =>
        resolution.Decision == ReviewChoice.Accept && resolution.Concerns.Any(concern => concern.Fact == capture.Key && concern.Case != MoneyCase.Reversed && IsAboutPayment(concern)));

    /// <summary>Money that is right for this order: its whole total, in its currency.</summary>
    private static bool Fits(Order order, CaptureAccount capture) => capture.Fact.Amount == order.Gross && capture.Fact.Currency == order.Currency;

    /// <summary>
    /// Money that the provider took back harms nobody when it was to go back anyway, or when a dispute that was lost
    /// already says as much; unless it has gone back by a refund as well, and was not won again.
    /// </summary>
    private static bool IsHarmless(Order order, CaptureAccount capture, ImmutableHashSet<string>? paying) =>
        (capture.SentBack == 0 || capture.IsReversalUndone)
        && (order.Closed is not null || capture.IsReversalExplained || (paying is not null && !paying.Contains(capture.Key)));

    /// <summary>
    /// What a person has accepted. Who accepts that a payment is gone lets the order go on without its money; but not in the place of
    /// another payment, which came before it or which the order has while this one went back twice. Nor have they accepted that the other goes as well.
    /// </summary>
    private static ImmutableHashSet<string> Accepted(Order order, ImmutableArray<CaptureAccount> captures)
    {
        // What was sent back for another does not take that one's place, whatever is decided about it.
        ImmutableArray<CaptureAccount> own = [.. captures.Where(capture => !capture.WentBackAsSurplus)];
        // The latest decision about a capture counts: one that was accepted and then lost for good pays nothing any more.
        var accepted = order.Resolutions.OrderBy(resolution => resolution.At).ThenBy(resolution => resolution.Decision)
            .SelectMany(resolution => resolution.Concerns.Where(IsAboutPayment), (resolution, concern) => (concern.Fact, concern.Case, resolution.Decision))
            .GroupBy(decided => decided.Fact).Select(decisions => decisions.Last())
            .Where(last => last.Decision == ReviewChoice.Accept).ToDictionary(last => last.Fact, last => last.Case);
        var gone = own.Where(capture => accepted.GetValueOrDefault(capture.Key) == MoneyCase.Reversed).ToList();
        var others = own.Except(gone).Where(capture => accepted.ContainsKey(capture.Key) || (HasCome(capture) && Fits(order, capture))).ToList();
        return
        [
            .. others.Where(other => accepted.ContainsKey(other.Key) && !other.IsWhollyReversed)
                .Concat(gone.Where(capture => !others.Any(other => capture.SentBack > 0 || own.IndexOf(other) < own.IndexOf(capture))))
                .Select(capture => capture.Key),
        ];
    }

    private static bool HasCome(CaptureAccount capture) => capture.Fact.Status is FactStatus.Completed or FactStatus.Reversed;

    private static bool IsAboutPayment(ReviewConcern concern) =>
        concern.Case is MoneyCase.TooLittle or MoneyCase.TooMuch or MoneyCase.OtherCurrency or MoneyCase.Reversed;
}
