using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>DELETE /api/orders/{id}/shipments/{number}</c>: staff take a parcel back before its carrier has it; what was in it can
/// go into another one. The order keeps it as voided, so that its number and its key are never used again. Twice is the
/// same as once; <c>If-Match</c>, where it is sent, must name the state that was read.
/// </summary>
public sealed class VoidShipment(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    [Function(nameof(VoidShipment))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "orders/{id}/shipments/{number}")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request, isNeeded: false) is { } unmet) return unmet;
        if (!OrderIds.IsId(id) || ShipmentView.NumberOf(number) is not { } parcel) return Problem.NotFound;
        var (by, now, decision) = (ByStaff.Of(request, StaffRoles.Fulfilment), clock.GetUtcNow(), default(ShipmentDecision));
        bool IsRead(ShipmentView view) => request.Headers.IfMatch.Count == 0 || ETags.IsMatched(view.Tag(id), request.Headers.IfMatch);
        var order = await orders.ChangeAsync(id, current => (decision = ShipmentDecision.Void(current, parcel, IsRead, now, by)).Order, cancellation);
        if (order is null) return Problem.NotFound;
        if (decision is ShipmentDecision.Refuse refuse) return refuse.Problem;

        await index.WriteAsync(order, cancellation);
        return Results.NoContent();
    }
}
