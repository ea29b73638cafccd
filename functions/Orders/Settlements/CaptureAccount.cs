using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;

namespace Shop.Functions.Orders.Settlements;

/// <summary>A capture, and what came back of it.</summary>
/// <param name="About">Its refunds, reversals and disputes.</param>
public sealed record CaptureAccount(LedgerEntry Fact, ImmutableArray<LedgerEntry> About)
{
    public string Key { get; } = Fact.Key;

    /// <summary>What went back, in whichever way: past the amount, money of ours is gone. A reversal that does not tell its amount is a case of its own.</summary>
    public long Returned { get; } = Gone(About, ReversedInParts(Fact, About));

    /// <summary>What the provider and banks have taken back, beside what was refunded.</summary>
    public long Withdrawn => Gone(About, Reversed) - Sum(About, FactKind.Refund, FactStatus.Succeeded);

    /// <summary>What of it is still here, whoever took the rest.</summary>
    public long Kept => Math.Max(0, Fact.Amount - Gone(About, Reversed));

    /// <summary>
    /// What has neither gone back nor is on its way. Nothing while a bank asks for any of it: providers refuse a refund
    /// then, or it would be sent back twice.
    /// </summary>
    public long Outstanding { get; } = About.Any(static fact => fact is { Kind: FactKind.Dispute, Status: FactStatus.Open })
        ? 0
        : Fact.Amount - Gone(About, ReversedInParts(Fact, About), andOnItsWay: true);

    /// <summary>True while there is a question about the money at a provider that settles disputes by refunds: it refuses one of a part then.</summary>
    public bool TakesOnlyWholeRefund => About.Any(static fact => fact is { IsUndecidedDispute: true, SettledByRefundsSince: not null });

    /// <summary>Refunds that are done or on their way, reversed or not.</summary>
    public long SentBack { get; } = Sum(About, FactKind.Refund, FactStatus.Succeeded) + Sum(About, FactKind.Refund, FactStatus.Pending);

    /// <summary>Whether any of it has been sent back, or is about to be, because it did not belong here. A refund of it that failed is none.</summary>
    public bool WentBackAsSurplus => WentBackByHand || SentBackFor(OwedRefund.Surplus) > 0;

    /// <summary>What the provider took back by itself.</summary>
    public long Reversed { get; } = ReversedInAll(Fact, About);

    public bool IsWhollyReversed => Fact.Status == FactStatus.Reversed || (Reversed > 0 && Reversed >= Fact.Amount);

    private bool WentBackByHand { get; init; }

    /// <summary>When the provider had taken all of it back; null where it has not.</summary>
    private DateTimeOffset? TakenBackAt => (IsWhollyReversed, Fact.Status) switch
    {
        (false, _) => null,
        (_, FactStatus.Reversed) => Fact.At,
        _ => About.Where(static fact => fact.Kind == FactKind.Reversal).Max(static fact => fact.At),
    };

    /// <summary>Whether disputes that were lost are what the provider took money back for.</summary>
    public bool IsReversalExplained => Sum(About, FactKind.Dispute, FactStatus.Lost) >= Reversed;

    /// <summary>Whether disputes that were won are about what the provider took back: it may have given it to this shop again, and does not say so.</summary>
    public bool IsReversalUndone => Reversed > 0 && !IsReversalExplained && Sum(About, FactKind.Dispute, FactStatus.Won) >= Reversed;

    /// <summary>Whether more is gone than came; what was won again is not.</summary>
    public bool IsReturnedTooMuch => (IsReversalUndone ? Gone(About, 0) : Returned) > Fact.Amount;

    /// <returns>What refunds that carry this reference have sent back, or are about to.</returns>
    public long SentBackFor(string reference)
    {
        var sent = 0L;
        foreach (var fact in About) sent += IsSent(fact) && fact.Reference == reference ? fact.Amount : 0;
        return sent;
    }

    /// <returns>How many refunds for this reference have failed; those that people made at the provider count for the surplus.</returns>
    public int FailedFor(string reference, ImmutableArray<RefundPromise> requests) => About.Count(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Failed }
        && (reference == OwedRefund.Surplus ? requests.All(request => request.Id != fact.Reference) : fact.Reference == reference));

    /// <returns>
    /// How many refunds for this reference are known, however they stand: it never falls. As with <see cref="FailedFor"/>, what
    /// people could not send back at the provider counts for the surplus.
    /// </returns>
    public int KnownFor(string reference) => About.Count(fact =>
        fact.Kind == FactKind.Refund && (fact.Reference == reference || (reference == OwedRefund.Surplus && fact.Status == FactStatus.Failed)));

    /// <summary>Every capture of the order, earliest first: the first that fits pays it.</summary>
    public static ImmutableArray<CaptureAccount> AllOf(Order order)
    {
        ImmutableArray<CaptureAccount> captures =
        [
            .. order.Ledger.Where(static fact => fact.Kind == FactKind.Capture)
                .OrderBy(static fact => fact.At).ThenBy(static fact => fact.Key, StringComparer.Ordinal)
                .Select(fact => Of(fact, order.Ledger)),
        ];
        return captures.Any(static capture => capture.IsWhollyReversed)
            ? [.. captures.Select((capture, place) => WentBackByHandBeside(order, captures, place) ? capture with { WentBackByHand = true } : capture)]
            : captures;
    }

    /// <summary>
    /// What people sent back at the provider did not belong here either, when another payment that came before it was here then
    /// and the provider took that one only later. Of one that only says that it was taken back nobody knows when it came: it counts as the first.
    /// </summary>
    private static bool WentBackByHandBeside(Order order, ImmutableArray<CaptureAccount> captures, int place)
    {
        var capture = captures[place];
        var sent = capture.About.Where(static fact => IsSent(fact) && fact.Reference is null).Select(static fact => fact.At).ToList();
        return sent.Count > 0 && !capture.IsWhollyReversed && captures.Index().Any(other =>
            (other.Index < place || other.Item.Fact.Status == FactStatus.Reversed)
            && other.Item.TakenBackAt >= sent.Min() && MoneyRules.MayPay(order, other.Item));
    }

    private static CaptureAccount Of(LedgerEntry capture, ImmutableArray<LedgerEntry> ledger)
    {
        var key = capture.Key;
        return new(capture, [.. ledger.Where(fact => fact.Parent == key)]);
    }

    private static bool IsSent(LedgerEntry fact) => fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded or FactStatus.Pending };

    /// <summary>Beside a capture that says itself that all of it was taken back, the parts would only say so again.</summary>
    private static long ReversedInParts(LedgerEntry fact, ImmutableArray<LedgerEntry> about) =>
        fact.Status == FactStatus.Reversed ? 0 : Sum(about, FactKind.Reversal);

    private static long ReversedInAll(LedgerEntry fact, ImmutableArray<LedgerEntry> about) =>
        fact.Status == FactStatus.Reversed ? fact.Amount : ReversedInParts(fact, about);

    /// <summary>By refunds that are done, what the provider took back by itself, and disputes that were lost.</summary>
    /// <param name="andOnItsWay">Refunds that are on their way as well.</param>
    private static long Gone(ImmutableArray<LedgerEntry> about, long reversed, bool andOnItsWay = false) => MoneyGone.Of(
        about.Where(fact => fact.Kind == FactKind.Refund && (fact.Status == FactStatus.Succeeded || (andOnItsWay && fact.Status == FactStatus.Pending))),
        reversed,
        about.Where(static fact => fact is { Kind: FactKind.Dispute, Status: FactStatus.Lost }));

    // Settlements are worked out for every answer about an order, and most captures have nothing about them: a loop allocates nothing.
    private static long Sum(ImmutableArray<LedgerEntry> facts, FactKind kind, FactStatus? status = null)
    {
        var sum = 0L;
        foreach (var fact in facts) sum += fact.Kind == kind && (status is null || fact.Status == status) ? fact.Amount : 0;
        return sum;
    }
}
