using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>
/// <c>GET /api/orders/{id}</c>: one of the signed-in person's orders; staff may read any. Somebody else's is 404. One storage call.
/// </summary>
public sealed class ReadOrder(OrderStore orders)
{
    [Function(nameof(ReadOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        await OrderAccess.FindAsync(orders, request, id, cancellation, StaffRoles.Finance, StaffRoles.Fulfilment) is { } order
            ? OrderView.Answer(order, OrderSight.Of(request, order))
            : Problem.NotFound;
}
