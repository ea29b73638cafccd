using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>
/// <c>GET /api/orders/{id}/refunds</c>: what was promised back of one's own order and what went back, in the order in which it came
/// up; for <c>Shop.Finance</c> of any, on record. One storage call, and two more for staff.
/// </summary>
public sealed class ListRefunds(OrderStore orders, StaffRegister register)
{
    [Function(nameof(ListRefunds))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/refunds")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await OrderAccess.ReadAsync(orders, register, request, id, "read_refunds", cancellation, StaffRoles.Finance) is not { } order) return Problem.NotFound;
        var forStaff = OrderSight.Of(request, order).Reasons;
        return new JsonResult<Response>(new(RefundView.AllOf(order, Settlement.Of(order), forStaff)), RefundWeb.Json.Type<Response>())
        {
            ETag = ETags.OfText($"refunds {order.Tag} {forStaff}"),
        };
    }

    public sealed record Response(ImmutableArray<RefundView> Items);
}
