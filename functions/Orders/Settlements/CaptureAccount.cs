using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;

namespace Shop.Functions.Orders.Settlements;

/// <summary>A capture, and what came back of it.</summary>
/// <param name="About">Its refunds, reversals and disputes.</param>
public sealed record CaptureAccount(LedgerEntry Fact, ImmutableArray<LedgerEntry> About)
{
    public string Key => Fact.Key;

    /// <summary>What went back, in whichever way: past the amount, money of ours is gone. A reversal that does not tell its amount is a case of its own.</summary>
    public long Returned { get; } = MoneyGone.Of(Refunds(About, FactStatus.Succeeded), ReversedInParts(Fact, About), Lost(About));

    /// <summary>What the provider and banks have taken back, beside what was refunded.</summary>
    public long Withdrawn { get; } =
        MoneyGone.Of(Refunds(About, FactStatus.Succeeded), ReversedInAll(Fact, About), Lost(About)) - Sum(Refunds(About, FactStatus.Succeeded));

    /// <summary>What of it is still here, whoever took the rest.</summary>
    public long Kept { get; } = Math.Max(0, Fact.Amount - MoneyGone.Of(Refunds(About, FactStatus.Succeeded), ReversedInAll(Fact, About), Lost(About)));

    /// <summary>
    /// What has neither gone back nor is on its way. Nothing while a bank asks for any of it: providers refuse a refund
    /// then, or it would be sent back twice.
    /// </summary>
    public long Outstanding { get; } = About.Any(fact => fact is { Kind: FactKind.Dispute, Status: FactStatus.Open })
        ? 0
        : Fact.Amount - MoneyGone.Of(Refunds(About, FactStatus.Succeeded, FactStatus.Pending), ReversedInParts(Fact, About), Lost(About));

    /// <summary>True while there is a question about the money at a provider that settles disputes by refunds: it refuses one of a part then.</summary>
    public bool TakesOnlyWholeRefund { get; } = About.Any(fact => fact is { IsUndecidedDispute: true, SettledByRefundsSince: not null });

    /// <summary>Refunds that are done or on their way, reversed or not.</summary>
    public long SentBack { get; } = Sum(Refunds(About, FactStatus.Succeeded, FactStatus.Pending));

    /// <summary>Whether any of it has been sent back, or is about to be, because it did not belong here. A refund of it that failed is none.</summary>
    public bool WentBackAsSurplus => SentBackFor(OwedRefund.Surplus) > 0;

    /// <summary>What the provider took back by itself.</summary>
    public long Reversed { get; } = ReversedInAll(Fact, About);

    public bool IsWhollyReversed => Fact.Status == FactStatus.Reversed || (Reversed > 0 && Reversed >= Fact.Amount);

    /// <summary>Whether disputes that were lost are what the provider took money back for.</summary>
    public bool IsReversalExplained { get; } = Sum(Lost(About)) >= ReversedInAll(Fact, About);

    /// <summary>Whether disputes that were won are about what the provider took back: it may have given it to this shop again, and does not say so.</summary>
    public bool IsReversalUndone => Reversed > 0 && !IsReversalExplained && Sum(Disputes(About, FactStatus.Won)) >= Reversed;

    /// <summary>Whether more is gone than came; what was won again is not.</summary>
    public bool IsReturnedTooMuch =>
        (IsReversalUndone ? MoneyGone.Of(Refunds(About, FactStatus.Succeeded), 0, Lost(About)) : Returned) > Fact.Amount;

    /// <returns>What refunds that carry this reference have sent back, or are about to.</returns>
    public long SentBackFor(string reference) => Sum(Refunds(About, FactStatus.Succeeded, FactStatus.Pending).Where(fact => fact.Reference == reference));

    /// <returns>How many refunds for this reference have failed; those that people made at the provider count for the surplus.</returns>
    public int FailedFor(string reference, ImmutableArray<RefundPromise> requests) => Refunds(About, FactStatus.Failed).Count(fact =>
        reference == OwedRefund.Surplus ? requests.All(request => request.Id != fact.Reference) : fact.Reference == reference);

    /// <returns>
    /// How many refunds for this reference are known, however they stand: it never falls. As with <see cref="FailedFor"/>, what
    /// people could not send back at the provider counts for the surplus.
    /// </returns>
    public int KnownFor(string reference) => About.Count(fact =>
        fact.Kind == FactKind.Refund && (fact.Reference == reference || (reference == OwedRefund.Surplus && fact.Status == FactStatus.Failed)));

    /// <summary>Every capture of the order, earliest first: the first that fits pays it.</summary>
    public static ImmutableArray<CaptureAccount> AllOf(Order order) =>
    [
        .. order.Ledger.Where(fact => fact.Kind == FactKind.Capture)
            .OrderBy(fact => fact.At).ThenBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => new CaptureAccount(fact, [.. order.Ledger.Where(about => about.Parent == fact.Key)])),
    ];

    private static IEnumerable<LedgerEntry> Refunds(ImmutableArray<LedgerEntry> about, params FactStatus[] statuses) =>
        about.Where(fact => fact.Kind == FactKind.Refund && statuses.Contains(fact.Status));

    private static IEnumerable<LedgerEntry> Lost(ImmutableArray<LedgerEntry> about) => Disputes(about, FactStatus.Lost);

    private static IEnumerable<LedgerEntry> Disputes(ImmutableArray<LedgerEntry> about, FactStatus status) =>
        about.Where(fact => fact.Kind == FactKind.Dispute && fact.Status == status);

    /// <summary>Beside a capture that says itself that all of it was taken back, the parts would only say so again.</summary>
    private static long ReversedInParts(LedgerEntry fact, ImmutableArray<LedgerEntry> about) =>
        fact.Status == FactStatus.Reversed ? 0 : Sum(about.Where(part => part.Kind == FactKind.Reversal));

    private static long ReversedInAll(LedgerEntry fact, ImmutableArray<LedgerEntry> about) =>
        fact.Status == FactStatus.Reversed ? fact.Amount : ReversedInParts(fact, about);

    private static long Sum(IEnumerable<LedgerEntry> facts) => facts.Sum(fact => fact.Amount);
}
