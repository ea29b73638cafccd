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

/// <summary>Whose order it is decides who finds it.</summary>
public static class OrderAccess
{
    /// <param name="roles">Staff with one of these find any order.</param>
    /// <returns>The order if the caller may have it, else null.</returns>
    public static async Task<Order?> FindAsync(
        OrderStore orders, HttpRequest request, string id, CancellationToken cancellation, params string[] roles) =>
        OrderIds.IsId(id)
        && await orders.FindAsync(id, cancellation) is { } order
        && (order.AccountId == Caller.Of(request).AccountId || roles.Any(request.HttpContext.User.IsInRole))
            ? order
            : null;
}

/// <summary>What of an order somebody needs to see.</summary>
/// <param name="Delivery">Where it goes: its customer, and who sends it.</param>
/// <param name="Refunds">What went back: its customer, and who decides about money.</param>
/// <param name="Reasons">Why: who decides about money.</param>
public readonly record struct OrderSight(bool Delivery, bool Refunds, bool Reasons)
{
    public static OrderSight Customer { get; } = new(Delivery: true, Refunds: true, Reasons: false);

    public static OrderSight Of(HttpRequest request, Order order)
    {
        var isOwn = order.AccountId == Caller.Of(request).AccountId;
        var isFinance = request.HttpContext.User.IsInRole(StaffRoles.Finance);
        return new(isOwn || request.HttpContext.User.IsInRole(StaffRoles.Fulfilment), isOwn || isFinance, isFinance);
    }
}
