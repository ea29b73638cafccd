using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>An order whose money a person must decide about.</summary>
/// <param name="Reason">The first of the concerns.</param>
/// <param name="Facts">Everything that is known about the order's money.</param>
/// <param name="Decisions">What can be decided about it.</param>
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
    ImmutableArray<ReviewView.FactPart> Facts,
    ImmutableArray<ReviewChoice> Decisions,
    string ETag)
{
    /// <param name="Fact">The key of the fact it is about.</param>
    public sealed record ConcernPart(string Reason, string Fact, string? Detail);

    /// <param name="Key">For instance <c>capture:stripe:pi_123</c>.</param>
    /// <param name="About">For a refund or a dispute, the key of the capture it is about.</param>
    public sealed record FactPart(string Key, FactStatus Status, Money Amount, DateTimeOffset At, string? About);

    /// <param name="why">Why it was put on the list, if the order itself does not say: it counts while a refund is owed.</param>
    /// <returns>Null when nobody needs to look at it.</returns>
    public static ReviewView? Of(Order order, string? why = null)
    {
        var settlement = Settlement.Of(order);
        return (settlement.ReviewReason ?? (settlement.Refunds.IsEmpty ? null : why)) is { } reason
            ? new(
                order.Id,
                order.Number,
                order.PlacedAt,
                new(order.Gross, order.Currency),
                settlement.Fulfilment,
                order.Closed is not null,
                reason,
                [.. settlement.Concerns.Select(concern => new ConcernPart(MoneyRules.ReasonOf(concern.Case), concern.Fact, concern.Detail))],
                [.. order.Ledger.Select(fact => new FactPart(fact.Key, fact.Status, new(fact.Amount, fact.Currency), fact.At, fact.Parent))],
                ReviewDecision.ChoicesOf(order, settlement),
                ETags.Of(order.ETag))
            : null;
    }
}
