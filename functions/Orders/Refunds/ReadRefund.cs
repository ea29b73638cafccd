using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary><c>GET /api/orders/{id}/refunds/{refundId}</c>: how far a refund is that staff have asked for. Three storage calls with those that put it on record.</summary>
public sealed class ReadRefund(OrderStore orders, StaffRegister register)
{
    [Function(nameof(ReadRefund))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/refunds/{refundId}")] HttpRequest request,
        string id,
        string refundId,
        CancellationToken cancellation)
    {
        if (!OrderIds.IsId(id) || await orders.FindAsync(id, cancellation) is not { } order || RefundView.Find(order, refundId) is null) return Problem.NotFound;
        await OrderAccess.TellAsync(register, StaffRoles.Finance, "read_refund", order, cancellation);
        return RefundView.Answer(order, refundId);
    }
}
