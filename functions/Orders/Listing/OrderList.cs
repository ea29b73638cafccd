using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Listing;

/// <param name="Continuation">Ask for the next page with it; absent on the last one.</param>
public sealed record OrderList(ImmutableArray<OrderItem> Items, string? Continuation)
{
    public static JsonResult<OrderList> Answer(IEnumerable<OrderSummary> orders, string? continuation)
    {
        var list = new OrderList([.. orders.Select(OrderItem.Of)], continuation);
        return new(list, OrderListWeb.Json.Type<OrderList>()) { ETag = ETags.OfText(JsonSerializer.Serialize(list, OrderListWeb.Json.Type<OrderList>())) };
    }
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
