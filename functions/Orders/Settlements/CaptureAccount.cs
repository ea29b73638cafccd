using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;

namespace Shop.Functions.Orders.Settlements;

/// <summary>A capture, and what came back of it.</summary>
/// <param name="About">Its refunds and disputes.</param>
public sealed record CaptureAccount(LedgerEntry Fact, ImmutableArray<LedgerEntry> About)
{
    public string Key => Fact.Key;

    /// <summary>What refunds have sent back and what a bank has taken back: past the amount, money of ours is gone.</summary>
    public long Returned { get; } = Sum(About, FactKind.Refund, FactStatus.Succeeded) + Sum(About, FactKind.Dispute, FactStatus.Lost);

    /// <summary>What has neither gone back nor is on its way, and what no bank has taken or is asking for.</summary>
    public long Outstanding { get; } = Fact.Amount
        - Sum(About, FactKind.Refund, FactStatus.Succeeded) - Sum(About, FactKind.Refund, FactStatus.Pending)
        - Sum(About, FactKind.Dispute, FactStatus.Open) - Sum(About, FactKind.Dispute, FactStatus.Lost);

    /// <summary>Refunds that are done or on their way, reversed or not.</summary>
    public long SentBack { get; } = Sum(About, FactKind.Refund, FactStatus.Succeeded) + Sum(About, FactKind.Refund, FactStatus.Pending);

    public bool IsLostToDispute { get; } = About.Any(fact => fact is { Kind: FactKind.Dispute, Status: FactStatus.Lost });

    /// <returns>What refunds that carry this reference have sent back, or are about to.</returns>
    public long SentBackFor(string reference) =>
        About.Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded or FactStatus.Pending } && fact.Reference == reference)
            .Sum(fact => fact.Amount);

    /// <returns>How many refunds for this reference have failed; those that people made at the provider count for the surplus.</returns>
    public int FailedFor(string reference, ImmutableArray<RefundPromise> requests) => About.Count(fact =>
        fact is { Kind: FactKind.Refund, Status: FactStatus.Failed }
        && (reference == OwedRefund.Surplus ? requests.All(request => request.Id != fact.Reference) : fact.Reference == reference));

    /// <summary>Every capture of the order, earliest first: the first that fits pays it.</summary>
    public static ImmutableArray<CaptureAccount> AllOf(Order order) =>
    [
        .. order.Ledger.Where(fact => fact.Kind == FactKind.Capture)
            .OrderBy(fact => fact.At).ThenBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => new CaptureAccount(fact, [.. order.Ledger.Where(about => about.Parent == fact.Key)])),
    ];

    private static long Sum(ImmutableArray<LedgerEntry> facts, FactKind kind, FactStatus status) =>
        facts.Where(fact => fact.Kind == kind && fact.Status == status).Sum(fact => fact.Amount);
}
