using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Carriers;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tracking;

/// <summary>
/// <c>GET /api/orders/{id}/tracking</c>: what has happened to an order, oldest first, where its parcels are and what comes
/// next; for staff of any, on record. One storage call, and two more for staff.
/// </summary>
public sealed class ReadTracking(OrderStore orders, StaffRegister register, IOptions<CarrierOptions> carriers, TimeProvider clock)
{
    [Function(nameof(ReadTracking))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/tracking")] HttpRequest request, string id, CancellationToken cancellation) =>
        await OrderAccess.ReadAsync(orders, register, request, id, "read_tracking", cancellation) is { } order
            ? Answer(order, OrderSight.Of(request, order), NextStep.Of(order, clock.GetUtcNow()))
            : Problem.NotFound;

    private JsonResult<Response> Answer(Order order, OrderSight sight, NextStep? next) =>
        new(Response.Of(order, sight, carriers.Value, next), TrackingWeb.Json.Type<Response>()) { ETag = NextStep.TagOf(order, next) };

    /// <param name="Parcels">Those that stand, by number.</param>
    /// <param name="Next">Absent when nothing is expected to happen any more.</param>
    public sealed record Response(string OrderId, string Number, ImmutableArray<TimelineEvent> Events, ImmutableArray<Parcel> Parcels, NextStep? Next)
    {
        public static Response Of(Order order, OrderSight sight, CarrierOptions carriers, NextStep? next) => new(
            order.Id,
            order.Number,
            [.. Timeline.Of(order).Select(step => sight.Delivery ? step : step with { Place = null })],
            [.. FulfilmentProgress.Of(order).Shipments.Select(parcel => Parcel.Of(parcel, carriers)).Select(parcel => sight.Delivery ? parcel : parcel with { TrackingNumber = null, TrackingUrl = null })],
            next);
    }

    /// <param name="TrackingNumber">It leads to where the parcel goes: only for who needs to know that.</param>
    /// <param name="TrackingUrl">The carrier's own page about it, where that is known.</param>
    /// <param name="ExpectedBy">When the carrier means to hand it over at the latest, if it has said so.</param>
    public sealed record Parcel(int Number, ShipmentStatus Status, string? Carrier, string? TrackingNumber, string? TrackingUrl, DateTimeOffset? ExpectedBy)
    {
        public static Parcel Of(ShipmentProgress parcel, CarrierOptions carriers) => new(
            parcel.Shipment.Number,
            parcel.Status,
            parcel.Shipment.Carrier,
            parcel.Shipment.TrackingNumber,
            carriers.TrackingUrl(parcel.Shipment.Carrier, parcel.Shipment.TrackingNumber),
            parcel.ExpectedBy);
    }
}

[JsonSerializable(typeof(ReadTracking.Response))]
internal sealed partial class TrackingWeb : JsonSerializerContext
{
    public static TrackingWeb Json { get; } = new(Platform.Http.Json.Strict());
}
