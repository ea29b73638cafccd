using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>POST /api/orders/{id}/shipments/{number}/delivered</c>: staff note that a parcel has arrived. Noting it twice is the
/// same as once. How long delivery data is kept counts from here.
/// </summary>
public sealed class DeliverShipment(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    [Function(nameof(DeliverShipment))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/shipments/{number}/delivered")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        if (!OrderIds.IsId(id) || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parcel)) return Problem.NotFound;
        var (by, now) = (ByStaff.Of(request, StaffRoles.Fulfilment), clock.GetUtcNow());
        var order = await orders.ChangeAsync(id, current => current.WithDelivered(parcel, now, by), cancellation);
        if (order?.Shipments.FirstOrDefault(shipment => shipment.Number == parcel) is not { } delivered) return Problem.NotFound;

        await index.WriteAsync(order, cancellation);
        return new JsonResult<ShipmentView>(ShipmentView.Of(delivered), ShipmentWeb.Json.Type<ShipmentView>());
    }
}
