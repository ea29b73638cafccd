using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary><c>GET /api/orders/{id}/shipments/{number}</c>: a parcel of one's own order; for staff of any, on record.</summary>
public sealed class ReadShipment(OrderStore orders, StaffRegister register)
{
    private static readonly string[] Staff = [StaffRoles.Finance, StaffRoles.Fulfilment];

    [Function(nameof(ReadShipment))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}/shipments/{number}")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        if (ShipmentView.NumberOf(number) is not { } parcel || await OrderAccess.FindAsync(orders, request, id, cancellation, Staff) is not { } order) return Problem.NotFound;
        if (!OrderAccess.IsOwn(request, order)) await OrderAccess.RecordAsync(register, request, OrderAccess.RoleOf(request, Staff), "read_shipment", order, cancellation);
        return ShipmentView.Answer(order, parcel);
    }
}
