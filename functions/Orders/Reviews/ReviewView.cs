using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>An order whose money is stuck: a person must decide about it, a refund does not get away, or a provider does not let this shop in.</summary>
/// <param name="Reason">The first of the concerns; <c>provider_access</c> (a key or a permission is missing) or <c>refund_overdue</c> when there is none.</param>
/// <param name="Owed">What should have been sent back more than an hour ago, or cannot be without a person.</param>
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
    ImmutableArray<ReviewView.ConcernPart> Concerns,
    ImmutableArray<ReviewView.OwedPart> Owed,
    DateTimeOffset? NextTryAt,
    ImmutableArray<ReviewView.FactPart> Facts,
    ImmutableArray<ReviewChoice> Decisions,
    string ETag)
{
    private const string RefundOverdue = "refund_overdue";

    /// <param name="Fact">The key of the fact it is about.</param>
    public sealed record ConcernPart(string Reason, string Fact, string? Detail);

    /// <param name="Capture">The key of the money that it goes back from.</param>
    /// <param name="For">What it answers: <c>surplus</c>, or the id of a refund that staff have promised.</param>
    /// <param name="Why">What keeps it: <c>not_answering</c>, <c>provider_access</c>, <c>refund_failed</c> (it is tried again) or <c>not_sent</c> (yet).</param>
    public sealed record OwedPart(Money Amount, string Capture, string For, DateTimeOffset Since, string Why);

    /// <param name="Key">For instance <c>capture:stripe:pi_123</c>.</param>
    /// <param name="About">For a refund, a reversal or a dispute, the key of the capture it is about.</param>
    public sealed record FactPart(string Key, FactStatus Status, Money Amount, DateTimeOffset At, string? About);

    /// <param name="hindrance">What kept the last look from sending back what is owed, if anything did.</param>
    /// <returns>Null when nobody needs to look at it.</returns>
    public static ReviewView? Of(Order order, Hindrance? hindrance, DateTimeOffset now)
    {
        var settlement = Settlement.Of(order);
        var overdue = OverdueRefund.AllOf(order, now, hindrance);
        var isShutOut = hindrance is not null && ProvidersNeeded(order, settlement).Any(hindrance.IsShutOut);
        if (!settlement.NeedsPerson && overdue.IsEmpty && !isShutOut) return null;
        return new(
            order.Id,
            order.Number,
            order.PlacedAt,
            new(order.Gross, order.Currency),
            settlement.Fulfilment,
            order.Closed is not null,
            settlement.ReviewReason ?? (isShutOut ? Hindrance.ProviderAccess : RefundOverdue),
            [.. settlement.Concerns.Select(concern => new ConcernPart(MoneyRules.ReasonOf(concern.Case), concern.Fact, concern.Detail))],
            [.. overdue.Select(refund => PartOf(refund, hindrance))],
            null,
            [.. order.Ledger.Select(fact => new FactPart(fact.Key, fact.Status, new(fact.Amount, fact.Currency), fact.At, fact.Parent))],
            ReviewDecision.ChoicesOf(order, settlement),
            ETags.Of(order.ETag));
    }

    /// <returns>Whose help what is owed takes: <see cref="Settlement.OwesSomething"/>.</returns>
    private static IEnumerable<string> ProvidersNeeded(Order order, Settlement settlement) =>
    [
        .. settlement.Refunds.Select(refund => refund.Capture.Provider),
        .. settlement.Captures.Select(checkout => checkout.Provider),
        .. order.Checkouts.Where(checkout => order.Closed is not null && !checkout.IsOver).Select(checkout => checkout.Provider),
    ];

    private static OwedPart PartOf(OverdueRefund refund, Hindrance? hindrance) => new(
        refund.Owed.Amount,
        refund.Owed.Capture.Key,
        refund.Owed.Reference,
        refund.Since,
        hindrance?.WhyOf(refund.Owed.Capture.Provider) ?? (refund.Owed.Attempt > 1 ? "refund_failed" : "not_sent"));
}
