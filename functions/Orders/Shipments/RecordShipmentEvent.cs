using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>POST /api/orders/{id}/shipments/{number}/events</c>: staff note what a carrier says of a parcel. The same event again,
/// by the carrier's id of it, changes nothing, and in whatever order they are noted the parcel ends the same.
/// </summary>
public sealed class RecordShipmentEvent(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    [Function(nameof(RecordShipmentEvent))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}/shipments/{number}/events")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, ShipmentEventWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!OrderIds.IsId(id) || ShipmentView.NumberOf(number) is not { } parcel) return Problem.NotFound;

        var heard = new ShipmentEvent(parcel, OrderIds.ShipmentEventIdOf(id, body.EventId, body.Kind.ToString()), body.Kind, body.At.ToUniversalTime(), body.Place, body.ExpectedBy?.ToUniversalTime());
        var (by, now, decision) = (ByStaff.Of(request, StaffRoles.Fulfilment), clock.GetUtcNow(), default(ShipmentDecision));
        var order = await orders.ChangeAsync(id, current => (decision = ShipmentDecision.Record(current, heard, now, by)).Order, cancellation);
        if (order is null) return Problem.NotFound;
        if (decision is ShipmentDecision.Refuse refuse) return refuse.Problem;

        await index.WriteAsync(order, cancellation);
        return ShipmentView.Answer(order, parcel);
    }

    /// <param name="EventId">The carrier's id of the event.</param>
    /// <param name="Kind">What happened.</param>
    /// <param name="At">When.</param>
    /// <param name="Place">Where, for instance the town of a depot; nobody's address.</param>
    /// <param name="ExpectedBy">When the carrier means to hand the parcel over at the latest.</param>
    public sealed record Request(string EventId, ShipmentStatus Kind, DateTimeOffset At, string? Place = null, DateTimeOffset? ExpectedBy = null)
    {
        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(IdempotencyKey.IsKey(EventId), "eventId", ShipmentEvent.CarriersIdRule);
            validation.Require(Kind != ShipmentStatus.AwaitingCollection, "kind", "One of: collected, in_transit, out_for_delivery, delivered, failed, returned.");
            validation.Require(ShipmentEvent.IsPlace(Place), "place", $"1 to {ShipmentEvent.LongestPlace} letters, digits, spaces and - . , ' / ( ) : &.");
            validation.Require(At == default || ShipmentEvent.IsExpectable(ExpectedBy, At), "expectedBy", ShipmentEvent.ExpectedRule);
            return validation.Problem;
        }
    }
}

[JsonSerializable(typeof(RecordShipmentEvent.Request))]
internal sealed partial class ShipmentEventWeb : JsonSerializerContext
{
    public static ShipmentEventWeb Json { get; } = new(Platform.Http.Json.Strict());
}
