using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>
/// <c>POST /api/orders/{id}/cancel</c>: ends an order before anything of it has left. Open pages are closed and money that
/// came is sent back by the look that follows; money that comes later as well. Cancelling twice is the same as once.
/// </summary>
public sealed class CancelOrder(OrderStore orders, OrderIndex index, ReconciliationSchedule schedule, ReconciliationQueue reconciliations, TimeProvider clock)
{
    private static readonly Problem AlreadyShipped = new(409, "already-shipped", "Something of this order has left; it can no longer be cancelled.");

    [Function(nameof(CancelOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/cancel")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await OrderAccess.FindAsync(orders, request, id, cancellation, StaffRoles.Finance) is not { } order) return Problem.NotFound;
        var now = clock.GetUtcNow();
        if (order is { Closed: null, Shipments.IsEmpty: true })
        {
            // Before the order ends: should this process do so right after it, the timer finds the order.
            await schedule.SetAsync(id, now, cancellation);
            order = await orders.ChangeAsync(id, current => current.Shipments.IsEmpty ? current.Cancel(now) : current, cancellation);
            if (order is null) return Problem.NotFound;
        }

        if (order.Closed is null) return AlreadyShipped;
        await index.WriteAsync(order, cancellation);
        if (Settlement.Of(order).OwesSomething) await reconciliations.SendAsync(new(id, "cancelled"), cancellation);
        return OrderView.Answer(order, OrderSight.Of(request, order));
    }
}
