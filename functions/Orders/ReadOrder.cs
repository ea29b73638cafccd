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
    [Function(nameof(ReadOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        await OrderAccess.ReadAsync(orders, register, request, id, "read_order", cancellation) is { } order
            ? OrderView.Answer(order, OrderSight.Of(request, order))
            : Problem.NotFound;
}
