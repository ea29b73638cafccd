using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Listing;

/// <summary>
/// <c>GET /api/orders?limit=20&amp;continuation=…</c>: the signed-in person's orders, newest first. One storage call a page.
/// </summary>
public sealed class ListOrders(OrderIndex index)
{
    [Function(nameof(ListOrders))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orders")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, OrderIndex.IsPlace);
        if (page is null) return invalid!;

        var (found, next) = await index.PageAsync(Caller.Of(request).AccountId, page.Limit, page.After, cancellation);
        return new JsonResult<Response>(new([.. found.Select(OrderItem.Of)], Page.Continuation(next)), OrderListWeb.Json.Type<Response>());
    }

    /// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
    public sealed record Response(ImmutableArray<OrderItem> Items, string? Continuation);
}

/// <summary>An order as a list shows it.</summary>
public sealed record OrderItem(
    string Id,
    string Number,
    DateTimeOffset PlacedAt,
    Money Gross,
    OrderItem.PaymentPart Payment,
    OrderItem.FulfilmentPart Fulfilment,
    bool Cancelled)
{
    public sealed record PaymentPart(PaymentStatus Status);

    public sealed record FulfilmentPart(FulfilmentStatus Status);

    public static OrderItem Of(OrderSummary order) =>
        new(order.Id, order.Number, order.PlacedAt, order.Gross, new(order.Payment), new(order.Fulfilment), order.Cancelled);
}

[JsonSerializable(typeof(ListOrders.Response))]
internal sealed partial class OrderListWeb : JsonSerializerContext
{
    public static OrderListWeb Json { get; } = new(Platform.Http.Json.Strict());
}
