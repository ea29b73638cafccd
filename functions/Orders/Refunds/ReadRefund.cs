using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary><c>GET /api/orders/{id}/refunds/{refundId}</c>: how far a refund is that staff have asked for. One storage call.</summary>
public sealed class ReadRefund(OrderStore orders)
{
    [Function(nameof(ReadRefund))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}/refunds/{refundId}")] HttpRequest request,
        string id,
        string refundId,
        CancellationToken cancellation) =>
        OrderIds.IsId(id) && await orders.FindAsync(id, cancellation) is { } order && RefundView.Find(order, refundId) is not null
            ? RefundView.Answer(order, refundId)
            : Problem.NotFound;
}
