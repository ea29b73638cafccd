using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>An order whose money is stuck: a person must decide about it, a bank asks for it, a refund does not get away, a provider does not let this shop in, or a parcel has come back or got lost.</summary>
/// <param name="Reason">The first of the concerns; <c>provider_access</c> (a key or a permission is missing), <c>dispute_open</c> or <c>inquiry</c> (answer it at the provider), <c>refund_overdue</c> or <c>capture_overdue</c>, or else what its goods ask: <c>refund_offered</c> or <c>not_delivered</c>.</param>
/// <param name="RefundOffer">The refund that fits what has come back; absent when there is none.</param>
/// <param name="Owed">What should have been sent back more than an hour ago, or cannot be without a person.</param>
/// <param name="Untaken">What a customer agreed to pay more than an hour ago and the provider has not let the shop take, or does not without a person.</param>
/// <param name="NextTryAt">When the shop tries again to do what it owes.</param>
/// <param name="Facts">Everything that is known about the order's money.</param>
/// <param name="Decisions">What can be decided about its concerns.</param>
/// <param name="ETag">Send it as <c>If-Match</c> with the decision, so that it is about what was seen.</param>
public sealed record ReviewView(
    string OrderId,
    string Number,
    DateTimeOffset PlacedAt,
    Money Gross,
    FulfilmentStatus Fulfilment,
    bool Cancelled,
    string Reason,
    Money? RefundOffer,
    ImmutableArray<ReviewView.ConcernPart> Concerns,
    ImmutableArray<ReviewView.OwedPart> Owed,
    ImmutableArray<ReviewView.UntakenPart> Untaken,
    DateTimeOffset? NextTryAt,
    ImmutableArray<ReviewView.FactPart> Facts,
    ImmutableArray<ReviewChoice> Decisions,
    string ETag)
{
    private const string RefundOverdue = "refund_overdue";
    private const string CaptureOverdue = "capture_overdue";

    private static readonly TimeSpan UntakenAtMost = TimeSpan.FromHours(1);

    /// <param name="Fact">The key of the fact it is about, or the parcel, for instance <c>shipment:1</c>.</param>
    public sealed record ConcernPart(string Reason, string Fact, string? Detail);

    /// <param name="Capture">The key of the money that it goes back from.</param>
    /// <param name="For">What it answers: <c>surplus</c>, or the id of a refund that staff have promised.</param>
    /// <param name="Why">What keeps it: <c>not_answering</c>, <c>provider_access</c>, <c>refund_failed</c> (it is tried again) or <c>not_sent</c> (yet).</param>
    public sealed record OwedPart(Money Amount, string Capture, string For, DateTimeOffset Since, string Why);

    /// <param name="Checkout">Which attempt, for instance <c>checkout:paypal:1</c>.</param>
    /// <param name="Since">When the customer agreed, as far as the provider has told.</param>
    /// <param name="Why">What keeps it: <c>not_answering</c> or <c>provider_access</c>.</param>
    public sealed record UntakenPart(string Checkout, DateTimeOffset Since, string Why);

    /// <param name="Key">For instance <c>capture:stripe:pi_123</c>.</param>
    /// <param name="About">For a refund, a reversal or a dispute, the key of the capture it is about.</param>
    public sealed record FactPart(string Key, FactStatus Status, Money Amount, DateTimeOffset At, string? About);

    /// <param name="hindrance">What kept the last look from sending back what is owed, if anything did.</param>
    /// <returns>Null when nobody needs to look at it.</returns>
    public static ReviewView? Of(Order order, Hindrance? hindrance, DateTimeOffset now)
    {
        var settlement = Settlement.Of(order);
        var overdue = OverdueRefund.AllOf(order, now, hindrance);
        ImmutableArray<UntakenPart> untaken = hindrance is null ? [] : [.. settlement.Captures.Select(checkout => UntakenOf(checkout, hindrance, now)).OfType<UntakenPart>()];
        var goods = GoodsConcerns.Of(order, settlement, now);
        var isShutOut = hindrance is not null && ProvidersNeeded(order, settlement).Any(hindrance.IsShutOut);
        if (!settlement.NeedsPerson && !order.IsDisputed && overdue.IsEmpty && untaken.IsEmpty && !isShutOut && goods.IsEmpty) return null;
        return new(
            order.Id,
            order.Number,
            order.PlacedAt,
            new(order.Gross, order.Currency),
            settlement.Fulfilment,
            order.Closed is not null,
            settlement.ReviewReason ?? (isShutOut ? Hindrance.ProviderAccess : DisputeOf(order) ?? OverdueOf(overdue, untaken) ?? MoneyRules.ReasonOf(goods[0].Case)),
            Shipments.RefundOffer.Of(order, settlement)?.Amount,
            [.. settlement.Concerns.Concat(goods).Select(concern => new ConcernPart(MoneyRules.ReasonOf(concern.Case), concern.Fact, concern.Detail))],
            [.. overdue.Select(refund => PartOf(refund, hindrance))],
            untaken,
            null,
            [.. order.Ledger.Select(fact => new FactPart(fact.Key, fact.Status, new(fact.Amount, fact.Currency), fact.At, fact.Parent))],
            ReviewDecision.ChoicesOf(order, ReviewDecision.ConcernsOf(order, settlement, now)),
            ETags.OfText(order.Tag));
    }

    private static string? OverdueOf(ImmutableArray<OverdueRefund> overdue, ImmutableArray<UntakenPart> untaken) =>
        overdue.IsEmpty ? untaken.IsEmpty ? null : CaptureOverdue : RefundOverdue;

    /// <returns>The graver of what is asked about its money, as the decision table has it; null when nothing is.</returns>
    private static string? DisputeOf(Order order) => order.IsDisputed
        ? Json.NameOf(order.Ledger.Any(fact => fact is { Kind: FactKind.Dispute, Status: FactStatus.Open }) ? MoneyCase.DisputeOpen : MoneyCase.Inquiry)
        : null;

    /// <returns>Whose help it takes to do what is owed, and to learn how what is under way has ended.</returns>
    private static IEnumerable<string> ProvidersNeeded(Order order, Settlement settlement) =>
    [
        .. settlement.Refunds.Select(refund => refund.Capture.Provider),
        .. order.Checkouts.Where(checkout => !checkout.IsOver).Select(checkout => checkout.Provider),
        .. order.Ledger.Where(fact => fact.Status == FactStatus.Pending).Select(fact => fact.Provider),
    ];

    private static UntakenPart? UntakenOf(Checkout checkout, Hindrance hindrance, DateTimeOffset now)
    {
        var since = checkout.ApprovedAt ?? checkout.StartedAt;
        return hindrance.WhyOf(checkout.Provider) is { } why && (now - since > UntakenAtMost || hindrance.IsShutOut(checkout.Provider))
            ? new(checkout.JournalKey, since, why)
            : null;
    }

    private static OwedPart PartOf(OverdueRefund refund, Hindrance? hindrance) => new(
        refund.Owed.Amount,
        refund.Owed.Capture.Key,
        refund.Owed.Reference,
        refund.Since,
        hindrance?.WhyOf(refund.Owed.Capture.Provider) ?? (refund.Owed.HasFailed ? "refund_failed" : "not_sent"));
}
