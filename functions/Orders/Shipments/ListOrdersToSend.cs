using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>
/// <c>GET /api/fulfilment/orders?limit=20&amp;continuation=…</c>: the orders that are paid and not held and of which something
/// has not left, the oldest first, to the minute. One storage call a page, and one that puts on record who asked.
/// </summary>
public sealed class ListOrdersToSend(FulfilmentList fulfilment)
{
    [Function(nameof(ListOrdersToSend))]
    [RequireRole(StaffRoles.Fulfilment)]
    [Query("continuation", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "fulfilment/orders")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, FulfilmentList.IsPlace);
        if (page is null) return invalid!;

        var (rows, next) = await fulfilment.PageAsync(page.Limit, page.After, cancellation);
        var items = rows.OrderBy(row => row.PlacedAt).Select(row => new OrderToSend(row.RowKey, row.Number, row.PlacedAt));
        return new JsonResult<Response>(new([.. items], Page.Continuation(next)), FulfilmentWeb.Json.Type<Response>());
    }

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<OrderToSend> Items, string? Continuation);

    /// <summary>What is in it and where it goes stands in the order.</summary>
    public sealed record OrderToSend(string OrderId, string Number, DateTimeOffset PlacedAt);
}

[JsonSerializable(typeof(ListOrdersToSend.Response))]
internal sealed partial class FulfilmentWeb : JsonSerializerContext
{
    public static FulfilmentWeb Json { get; } = new(Platform.Http.Json.Strict());
}
