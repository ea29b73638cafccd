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
        var settlement = Settlement.Of(order);
        if (!settlement.NeedsPerson)
        {
            return order.Resolutions is [.., var last] && IsSame(last, wish, by)
                ? new Replay(order)
                : new Refuse(order, NothingToDecide);
        }

        if (wish.Note is not null && order.LeadsToNobody) return new Refuse(order, Restriction.NoteNotKept);
        var choices = ChoicesOf(order, settlement);
        if (!choices.Contains(wish.Choice()))
            return new Refuse(order, NotPossible with { Detail = $"{settlement.ReviewReason}: {string.Join(", ", choices.Select(choice => Json.NameOf(choice)))}." });

        var settled = order.With(new ReviewResolution(wish.Choice(), wish.Reason, by, now, settlement.Concerns, wish.Note));
        return new Settle(EndsOrder(wish.Choice(), settlement) ? settled.Cancel(now, new(ReviewResolution.Role, by, wish.Reason)) : settled);
    }

    /// <summary>Who it was and what they noted cannot be compared once they have gone with the account.</summary>
    private static bool IsSame(ReviewResolution earlier, ResolveReview.Request wish, string by) =>
        earlier.Decision == wish.Choice() && earlier.Reason == wish.Reason && (earlier.By is null || (earlier.By == by && earlier.Note == wish.Note));

    /// <returns>What can be decided about all of an order's concerns at once.</returns>
    public static ImmutableArray<ReviewChoice> ChoicesOf(Order order, Settlement settlement) =>
    [
        .. Enum.GetValues<ReviewChoice>().Where(choice =>
            settlement.NeedsPerson && settlement.Concerns.All(concern => MoneyRules.ChoicesOf(concern.Case).Contains(choice))
            // What has left cannot be cancelled; staff can still refund by amount.
            && (!order.HasShipped || !EndsOrder(choice, settlement))),
    ];

    /// <summary>A refund that failed is only tried again: the order itself may be in good order.</summary>
    private static bool EndsOrder(ReviewChoice decision, Settlement settlement) =>
        decision == ReviewChoice.Refund && settlement.Concerns.Any(concern => concern.Case != MoneyCase.RefundKeepsFailing);
}
