using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>PATCH /api/orders/{id}/shipments/{number}</c>: staff correct a parcel before its carrier has it. Members that are left
/// out stay as they are; <c>If-Match</c> must name the state that was read.
/// </summary>
public sealed class CorrectShipment(OrderStore orders, OrderIndex index, TimeProvider clock)
{
    [Function(nameof(CorrectShipment))]
    [RequireRole(StaffRoles.Fulfilment)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "orders/{id}/shipments/{number}")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        if (ETags.RefuseIfMatch(request) is { } unmet) return unmet;
        var (body, invalid) = await Body.ReadJsonAsync(request, CorrectWeb.Json.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!OrderIds.IsId(id) || ShipmentView.NumberOf(number) is not { } parcel) return Problem.NotFound;

        var (by, now, decision) = (ByStaff.Of(request, StaffRoles.Fulfilment), clock.GetUtcNow(), default(ShipmentDecision));
        var order = await orders.ChangeAsync(
            id, current => (decision = ShipmentDecision.Correct(current, parcel, body, view => ETags.IsMatched(view.Tag(id), request.Headers.IfMatch), now, by)).Order, cancellation);
        if (order is null) return Problem.NotFound;
        if (decision is ShipmentDecision.Refuse refuse) return refuse.Problem;

        await index.WriteAsync(order, cancellation);
        return ShipmentView.Answer(order, parcel);
    }

    public sealed record Request
    {
        public PatchText Carrier { get; init; }

        public PatchText TrackingNumber { get; init; }

        /// <summary>All that is in it.</summary>
        public ImmutableArray<ShipmentItem>? Lines { get; init; }

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Require(Carrier.IsGiven || TrackingNumber.IsGiven || Lines is not null, "$", "Nothing to change was given.");
            if (Carrier.IsGiven) validation.Text(Carrier.Value, "carrier", 50);
            ShipOrder.Request.CheckTrackingNumber(validation, TrackingNumber.Value);
            ShipmentItem.Check(validation, Lines);
            return validation.Problem;
        }
    }
}

[JsonSerializable(typeof(CorrectShipment.Request))]
internal sealed partial class CorrectWeb : JsonSerializerContext
{
    public static CorrectWeb Json { get; } = new(Platform.Http.Json.Strict());
}
