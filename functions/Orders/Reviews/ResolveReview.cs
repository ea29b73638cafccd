using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Reviews;

/// <summary>
/// <c>POST /api/reviews/{orderId}/resolve</c>: a person decides about an order's money. The decision covers what is known
/// now and is journalled; a fact that comes later raises a review of its own. With <c>If-Match</c> it is only about what
/// was seen.
/// </summary>
public sealed class ResolveReview(
    OrderStore orders, OrderIndex index, ReconciliationSchedule schedule, ReconciliationQueue reconciliations, ReviewList reviews,
    StaffRegister register, TimeProvider clock)
{
    [Function(nameof(ResolveReview))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reviews/{orderId}/resolve")] HttpRequest request,
        string orderId,
        CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request, isNeeded: false) is { } unmet) return unmet;
        var (body, invalid) = await Body.ReadJsonAsync(request, ReviewWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!OrderIds.IsId(orderId) || await orders.FindAsync(orderId, cancellation) is not { } found) return Problem.NotFound;

        var (by, now) = (Caller.Of(request).AccountId, clock.GetUtcNow());
        var decision = Decide(found);
        var order = found;
        if (decision is ReviewDecision.Settle)
        {
            // Before the decision: should this process end right after it, the timer finds the order.
            await schedule.SetAsync(orderId, now + ReconciliationSchedule.Grace, cancellation);
            order = await orders.ChangeAsync(orderId, current => (decision = Decide(current)).Order, cancellation);
            if (order is null) return Problem.NotFound;
        }

        if (decision is ReviewDecision.Refuse refuse) return refuse.Problem;
        await index.WriteAsync(order, cancellation);
        await reconciliations.SendIfDueAsync(order, "decided", cancellation);
        if (ReviewDecision.ConcernsOf(order, Settlement.Of(order), now).IsEmpty && !order.IsDisputed) await reviews.RemoveAsync(orderId, cancellation);
        await register.ExplainAsync(request, body.Reason, cancellation);
        return OrderView.Answer(order, OrderSight.Of(request, order));

        ReviewDecision Decide(Order current) =>
            request.Headers.IfMatch is { Count: > 0 } seen && !ETags.IsMatched(ETags.OfText(current.Tag), seen) && !IsReplay(current)
                ? new ReviewDecision.Refuse(current, Problem.PreconditionFailed)
                : ReviewDecision.Of(current, body, by, now);

        // The first try may have changed the order before its answer was lost.
        bool IsReplay(Order current) => ReviewDecision.Of(current, body, by, now) is ReviewDecision.Replay;
    }

    /// <param name="Decision"><c>accept</c>, <c>refund</c> or <c>write_off</c>.</param>
    /// <param name="Reason">One of <see cref="ReviewReasons"/>.</param>
    /// <param name="Note">What else there is to say; it goes when the customer's account does.</param>
    public sealed record Request(string Decision, string Reason, string? Note = null)
    {
        /// <summary>By exact name: the serializer's own reading of enums takes other spellings and combinations as well.</summary>
        private static readonly Dictionary<string, ReviewChoice> Choices =
            Enum.GetValues<ReviewChoice>().ToDictionary(choice => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString()));

        /// <returns>The decision of a request that is valid.</returns>
        public ReviewChoice Choice() => Choices[Decision];

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Decision is not null && Choices.ContainsKey(Decision), "decision", $"One of: {string.Join(", ", Choices.Keys)}.");
            validation.Reason(Reason, Note, ReviewReasons.All);
            return validation.Problem;
        }
    }
}
