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
    private static readonly string[] Staff = [StaffRoles.Finance, StaffRoles.Fulfilment];

    [Function(nameof(ReadTracking))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders/{id}/tracking")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await OrderAccess.FindAsync(orders, request, id, cancellation, Staff) is not { } order) return Problem.NotFound;
        if (!OrderAccess.IsOwn(request, order)) await OrderAccess.RecordAsync(register, request, OrderAccess.RoleOf(request, Staff), "read_tracking", order, cancellation);
        return new JsonResult<Response>(new(order.Id, order.Number, Timeline.Of(order)), TrackingWeb.Json.Type<Response>()) { ETag = ETags.Of(order.ETag) };
    }

    public sealed record Response(string OrderId, string Number, ImmutableArray<TimelineEvent> Events);
}

[JsonSerializable(typeof(ReadTracking.Response))]
internal sealed partial class TrackingWeb : JsonSerializerContext
{
    public static TrackingWeb Json { get; } = new(Platform.Http.Json.Strict());
}
