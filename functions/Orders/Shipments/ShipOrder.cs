using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>POST /api/orders/{id}/shipments</c>: staff note that a parcel has left. Only what is paid, not ended and not held
/// may leave; the check and the note are one conditional write, so a parcel and a cancellation cannot both happen.
/// </summary>
public sealed class ShipOrder(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    private static readonly Problem NotReady = new(409, "not-ready", "Nothing of this order may leave now.");
    private static readonly Problem TooMany = new(409, "too-many-shipments", $"An order can have {Order.MostShipments} shipments.");

    [Function(nameof(ShipOrder))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/shipments")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (IdempotencyKey.Of(request) is not { } key) return IdempotencyKey.Missing;
        var (body, unreadable) = await Body.ReadJsonAsync(request, ShipmentWeb.Json.Type<Request>(), cancellation);
        if (body is null) return unreadable!;
        if (body.Validate() is { } invalid) return invalid;
        if (!OrderIds.IsId(id)) return Problem.NotFound;

        var shipmentKey = OrderIds.ShipmentKeyOf(id, key);
        var (by, now) = (ByStaff.Of(request, StaffRoles.Fulfilment), clock.GetUtcNow());
        var (refusal, replayed) = (default(Problem), false);
        var order = await orders.ChangeAsync(
            id,
            current =>
            {
                var earlier = current.Shipments.FirstOrDefault(shipment => shipment.Key == shipmentKey);
                replayed = earlier is not null;
                refusal = earlier is not null ? body.Fits(earlier) ? null : IdempotencyKey.Reused : Refusal(current);
                return refusal is not null || replayed
                    ? current
                    : current.With(new Shipment(current.Shipments.Length + 1, shipmentKey, body.Carrier, body.TrackingNumber, now), by);
            },
            cancellation);
        if (order is null) return Problem.NotFound;
        if (refusal is not null) return refusal;

        await index.WriteAsync(order, cancellation);
        var shipped = order.Shipments.First(shipment => shipment.Key == shipmentKey);
        return new JsonResult<ShipmentView>(ShipmentView.Of(shipped), ShipmentWeb.Json.Type<ShipmentView>(), StatusCodes.Status201Created)
        {
            Location = $"/api/orders/{id}",
            Replayed = replayed,
        };
    }

    private static Problem? Refusal(Order order)
    {
        var settlement = Settlement.Of(order);
        if (!settlement.MayShip) return NotReady with { Detail = string.Create(CultureInfo.InvariantCulture, $"Payment: {settlement.Payment}. Goods: {settlement.Fulfilment}.") };
        return order.Shipments.Length == Order.MostShipments ? TooMany : null;
    }

    /// <param name="Carrier">Who brings it.</param>
    /// <param name="TrackingNumber">The carrier's number of it, if it has one.</param>
    public sealed record Request(string Carrier, string? TrackingNumber = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Text(Carrier, "carrier", 50);
            // Carriers number their parcels in these; a label in another script is a mistake.
            validation.Require(
                TrackingNumber is null || (TrackingNumber.Length is > 0 and <= 50 && TrackingNumber.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.' or '/')),
                "trackingNumber",
                "1 to 50 letters, digits, spaces, dashes, dots and slashes.");
            return validation.Problem;
        }

        public bool Fits(Shipment shipment) => shipment.Carrier == Carrier && shipment.TrackingNumber == TrackingNumber;
    }
}
