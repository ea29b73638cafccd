using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary><c>GET /api/orders/{id}/shipments/{number}</c>: a parcel of one's own order; for staff of any, on record.</summary>
public sealed class ReadShipment(OrderStore orders, StaffRegister register)
{
    [Function(nameof(ReadShipment))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/shipments/{number}")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        if (ShipmentView.NumberOf(number) is not { } parcel) return Problem.NotFound;
        return await OrderAccess.ReadAsync(orders, register, request, id, "read_shipment", cancellation) is { } order
            ? ShipmentView.Answer(order, parcel, places: OrderSight.Of(request, order).Delivery)
            : Problem.NotFound;
    }
}
