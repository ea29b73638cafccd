using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tracking;

/// <summary>
/// <c>GET /api/orders/{id}/tracking</c>: what has happened to an order, oldest first; for staff of any, on record. One
/// storage call, and two more for staff.
/// </summary>
public sealed class ReadTracking(OrderStore orders, StaffRegister register)
{
    [Function(nameof(ReadTracking))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}/tracking")] HttpRequest request, string id, CancellationToken cancellation) =>
        await OrderAccess.ReadAsync(orders, register, request, id, "read_tracking", cancellation) is { } order
            ? new JsonResult<Response>(new(order.Id, order.Number, Timeline.Of(order)), TrackingWeb.Json.Type<Response>()) { ETag = ETags.Of(order.ETag) }
            : Problem.NotFound;

    public sealed record Response(string OrderId, string Number, ImmutableArray<TimelineEvent> Events);
}

[JsonSerializable(typeof(ReadTracking.Response))]
internal sealed partial class TrackingWeb : JsonSerializerContext
{
    public static TrackingWeb Json { get; } = new(Platform.Http.Json.Strict());
}
