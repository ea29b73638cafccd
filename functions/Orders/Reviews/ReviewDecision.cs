using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>What comes of a person's decision about an order's money. Pure: the order and the decision in, one of three outcomes out.</summary>
public abstract record ReviewDecision(Order Order)
{
    /// <summary>It cannot be decided like that.</summary>
    public sealed record Refuse(Order Order, Problem Problem) : ReviewDecision(Order);

    /// <summary>It is decided already: the same request again.</summary>
    public sealed record Replay(Order Order) : ReviewDecision(Order);

    /// <summary>It is decided now; the order already holds the decision.</summary>
    public sealed record Settle(Order Order) : ReviewDecision(Order);

    private static readonly Problem NothingToDecide = new(409, "nothing-to-decide", "Nobody needs to decide about this order's money.");
    private static readonly Problem NotPossible = new(409, "decision-not-possible", "That cannot be decided about this.");

    public static ReviewDecision Of(Order order, ResolveReview.Request wish, string by, DateTimeOffset now)
    {
        var concerns = ConcernsOf(order, Settlement.Of(order), now);
        if (concerns.IsEmpty)
        {
            return order.Resolutions is [.., var last] && IsSame(last, wish, by)
                ? new Replay(order)
                : new Refuse(order, NothingToDecide);
        }

        if (wish.Note is not null && order.LeadsToNobody) return new Refuse(order, Restriction.NoteNotKept);
        var choices = ChoicesOf(order, concerns);
        if (!choices.Contains(wish.Choice()))
            return new Refuse(order, NotPossible with { Detail = $"{MoneyRules.ReasonOf(concerns[0].Case)}: {string.Join(", ", choices.Select(choice => Json.NameOf(choice)))}." });

        var settled = order.With(new ReviewResolution(wish.Choice(), wish.Reason, by, now, concerns, wish.Note));
        return new Settle(EndsOrder(wish.Choice(), concerns) ? settled.Cancel(now, new(ReviewResolution.Role, by, wish.Reason)) : settled);
    }

    /// <summary>Who it was and what they noted cannot be compared once they have gone with the account.</summary>
    private static bool IsSame(ReviewResolution earlier, ResolveReview.Request wish, string by) =>
        earlier.Decision == wish.Choice() && earlier.Reason == wish.Reason && (earlier.By is null || (earlier.By == by && earlier.Note == wish.Note));

    /// <returns>What is decided about next: the money itself, and once nobody needs to look at that what its goods ask.</returns>
    public static ImmutableArray<ReviewConcern> ConcernsOf(Order order, Settlement settlement, DateTimeOffset now) =>
        settlement.NeedsPerson ? settlement.Concerns : GoodsConcerns.Of(order, settlement, now);

    /// <returns>What can be decided about all of these at once.</returns>
    public static ImmutableArray<ReviewChoice> ChoicesOf(Order order, ImmutableArray<ReviewConcern> concerns) =>
    [
        .. Enum.GetValues<ReviewChoice>().Where(choice =>
            !concerns.IsEmpty && concerns.All(concern => MoneyRules.ChoicesOf(concern.Case).Contains(choice))
            // What has left cannot be cancelled; staff can still refund by amount.
            && (!order.HasShipped || !EndsOrder(choice, concerns))),
    ];

    /// <summary>A refund that failed is only tried again: the order itself may be in good order.</summary>
    private static bool EndsOrder(ReviewChoice decision, ImmutableArray<ReviewConcern> concerns) =>
        decision == ReviewChoice.Refund && concerns.Any(concern => concern.Case != MoneyCase.RefundKeepsFailing);
}
