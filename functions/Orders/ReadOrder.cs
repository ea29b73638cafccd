using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>
/// <c>GET /api/orders/{id}</c>: one of the signed-in person's orders; staff may read any, on record. Somebody else's is 404.
/// One storage call, and two more for staff.
/// </summary>
public sealed class ReadOrder(OrderStore orders, StaffRegister register)
{
    private static readonly string[] Staff = [StaffRoles.Finance, StaffRoles.Fulfilment];

    [Function(nameof(ReadOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await OrderAccess.FindAsync(orders, request, id, cancellation, Staff) is not { } order) return Problem.NotFound;
        if (!OrderAccess.IsOwn(request, order)) await OrderAccess.RecordAsync(register, request, OrderAccess.RoleOf(request, Staff), "read_order", order, cancellation);
        return OrderView.Answer(order, OrderSight.Of(request, order));
    }
}
