using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>
/// <c>DELETE /api/orders/{id}/refunds/{refundId}</c>: staff take back a refund that they have promised, while nothing of it
/// was sent. It stays on the order as withdrawn. Twice is the same as once.
/// </summary>
public sealed class WithdrawRefund(OrderStore orders, OrderIndex index, ReviewList reviews, TimeProvider clock)
{
    [Function(nameof(WithdrawRefund))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "orders/{id}/refunds/{refundId}")] HttpRequest request,
        string id,
        string refundId,
        CancellationToken cancellation)
    {
        if (!OrderIds.IsId(id)) return Problem.NotFound;
        var (by, now, decision) = (Caller.Of(request).AccountId, clock.GetUtcNow(), default(WithdrawalDecision));
        var order = await orders.ChangeAsync(id, current => (decision = WithdrawalDecision.Of(current, refundId, by, now)).Order, cancellation);
        if (order is null) return Problem.NotFound;
        if (decision is WithdrawalDecision.Refuse refuse) return refuse.Problem;
        // A promise that could not be kept may have been all that a person had to look at.
        await index.WriteAsync(order, cancellation);
        if (ReviewDecision.ConcernsOf(order, Settlement.Of(order), now).IsEmpty && !order.IsDisputed) await reviews.RemoveAsync(id, cancellation);
        return RefundView.Answer(order, refundId);
    }
}
