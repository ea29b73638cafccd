using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>POST /api/orders/{id}/shipments</c>: staff note a parcel that is ready for its carrier. Only what is paid, not ended
/// and not held may leave, and never more than was ordered; the check and the note are one conditional write, so neither a
/// second parcel nor a cancellation at the same moment gets past it.
/// </summary>
public sealed class ShipOrder(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    [Function(nameof(ShipOrder))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/shipments")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (IdempotencyKey.Of(request) is not { } key) return IdempotencyKey.RefusalOf(request);
        var (body, invalid) = await Body.ReadJsonAsync(request, ShipWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!OrderIds.IsId(id)) return Problem.NotFound;

        var (by, now, decision) = (ByStaff.Of(request, StaffRoles.Fulfilment), clock.GetUtcNow(), default(ShipmentDecision));
        var order = await orders.ChangeAsync(id, current => (decision = ShipmentDecision.Ship(current, body, key, now, by)).Order, cancellation);
        if (order is null) return Problem.NotFound;
        if (decision is ShipmentDecision.Refuse refuse) return refuse.Problem;

        await index.WriteAsync(order, cancellation);
        return ShipmentView.Answer(order, decision!.Number, StatusCodes.Status201Created, replayed: decision is ShipmentDecision.Replay);
    }

    /// <param name="Carrier">Who brings it.</param>
    /// <param name="TrackingNumber">The carrier's number of it, if it has one.</param>
    /// <param name="Lines">What is in it; absent for all that is left.</param>
    public sealed record Request(string Carrier, string? TrackingNumber = null, ImmutableArray<ShipmentItem>? Lines = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Text(Carrier, "carrier", 50);
            CheckTrackingNumber(validation, TrackingNumber);
            ShipmentItem.Check(validation, Lines);
            return validation.Problem;
        }

        /// <summary>Carriers number their parcels in these; a label in another script is a mistake.</summary>
        public static void CheckTrackingNumber(Validation validation, string? number) => validation.Require(
            number is null || (number.Length is > 0 and <= 50 && number.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.' or '/')),
            "trackingNumber",
            "1 to 50 letters, digits, spaces, dashes, dots and slashes.");

        /// <returns>What was asked for, not how the JSON was laid out.</returns>
        public string Text() => JsonSerializer.Serialize(this, ShipWeb.Json.Type<Request>());

        /// <summary>For a parcel without a hash.</summary>
        public bool Fits(Shipment shipment) => (shipment.Carrier is null || shipment.Carrier == Carrier) && (shipment.TrackingNumber is null || shipment.TrackingNumber == TrackingNumber);
    }
}

[JsonSerializable(typeof(ShipOrder.Request))]
internal sealed partial class ShipWeb : JsonSerializerContext
{
    public static ShipWeb Json { get; } = new(Platform.Http.Json.Strict());
}
