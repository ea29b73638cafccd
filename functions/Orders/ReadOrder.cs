using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary><c>GET /api/orders/{id}</c>: one of the signed-in person's orders. Somebody else's is 404. One storage call.</summary>
public sealed class ReadOrder(OrderStore orders)
{
    [Function(nameof(ReadOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        await OrderAccess.FindAsync(orders, request, id, cancellation) is { } order ? OrderView.Answer(order) : Problem.NotFound;
}

/// <summary>Whose order it is decides who finds it.</summary>
public static class OrderAccess
{
    /// <returns>The order if it belongs to the caller, else null.</returns>
    public static async Task<Order?> FindAsync(OrderStore orders, HttpRequest request, string id, CancellationToken cancellation) =>
        OrderIds.IsId(id) && await orders.FindAsync(id, cancellation) is { } order && order.AccountId == Caller.Of(request).AccountId ? order : null;
}
