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
/// <c>GET /api/orders?payment=&amp;fulfilment=&amp;from=&amp;until=&amp;limit=20&amp;continuation=…</c>: the signed-in person's orders, newest
/// first. One storage call a page; by state a page can have fewer than its limit, and there is more as long as it has a continuation.
/// </summary>
public sealed class ListOrders(OrderIndex index)
{
    [Function(nameof(ListOrders))]
    [SignedIn]
    [Query("continuation", "from", "fulfilment", "limit", "payment", "until")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders")] HttpRequest request, CancellationToken cancellation)
    {
        var (page, invalid) = Page.Of(request, OrderIndex.IsPlace);
        if (page is null) return invalid!;
        var (filter, wrong) = OrderFilter.Of(request);
        if (filter is null) return wrong!;

        var (found, next) = await index.PageAsync(Caller.Of(request).AccountId, filter, page.Limit, page.After, cancellation);
        return OrderList.Answer(found, Page.Continuation(next));
    }
}

/// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
public sealed record OrderList(ImmutableArray<OrderItem> Items, string? Continuation)
{
    public static JsonResult<OrderList> Answer(IEnumerable<OrderSummary> orders, string? continuation) =>
        JsonResult<OrderList>.Tagged(new([.. orders.Select(OrderItem.Of)], continuation), OrderListWeb.Json.Type<OrderList>());
}

/// <summary>An order as a list shows it.</summary>
/// <param name="Goods">Absent for one that has not been changed since lists told it.</param>
public sealed record OrderItem(
    string Id,
    string Number,
    DateTimeOffset PlacedAt,
    Money Gross,
    OrderItem.PaymentPart Payment,
    OrderItem.FulfilmentPart Fulfilment,
    bool Cancelled,
    OrderItem.GoodsPart? Goods)
{
    public sealed record PaymentPart(PaymentStatus Status);

    public sealed record FulfilmentPart(FulfilmentStatus Status);

    /// <param name="First">The name of what stands on the first line.</param>
    /// <param name="Lines">How many different things.</param>
    /// <param name="Pieces">How many of all of them together.</param>
    public sealed record GoodsPart(string First, int Lines, int Pieces);

    public static OrderItem Of(OrderSummary order) => new(
        order.Id, order.Number, order.PlacedAt, order.Gross, new(order.Payment), new(order.Fulfilment), order.Cancelled,
        order.FirstItem is { } first ? new(first, order.Lines, order.Pieces) : null);
}

[JsonSerializable(typeof(OrderList))]
[JsonSerializable(typeof(SearchOrders.Request))]
[JsonSerializable(typeof(PaymentStatus))]
[JsonSerializable(typeof(FulfilmentStatus))]
[JsonSerializable(typeof(DateTimeOffset))]
internal sealed partial class OrderListWeb : JsonSerializerContext
{
    public static OrderListWeb Json { get; } = new(Platform.Http.Json.Strict());
}
