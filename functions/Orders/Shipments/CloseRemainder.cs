using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>POST /api/orders/{id}/remainder/close</c>: of an order of which something has left, what is in no parcel is not sent any
/// more, for its money has gone back or is promised back: it comes off the list of what is to be sent. A refund alone does not
/// do that, for it may be for something else. It needs <c>If-Match</c>: what is left is what was read. Twice is the same as once.
/// </summary>
public sealed class CloseRemainder(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    [Function(nameof(CloseRemainder))]
    [RequireRole(StaffRoles.Finance)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/remainder/close")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request) is { } unmet) return unmet;
        if (!OrderIds.IsId(id)) return Problem.NotFound;
        var (by, now, decision) = (ByStaff.Of(request, StaffRoles.Finance), clock.GetUtcNow(), default(ShipmentDecision));
        bool IsRead(Order current) => ETags.IsMatched(ETags.OfText(current.Tag), request.Headers.IfMatch);
        var order = await orders.ChangeAsync(id, current => (decision = ShipmentDecision.CloseRemainder(current, IsRead, now, by)).Order, cancellation);
        if (order is null) return Problem.NotFound;
        if (decision is ShipmentDecision.Refuse refuse) return refuse.Problem;

        await index.WriteAsync(order, cancellation);
        return OrderView.Answer(order, OrderSight.Of(request, order));
    }
}
