using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary>A list on the order has reached its stated limit; nothing is ever dropped to make room.</summary>
public sealed class OrderLimitException(string orderId, string what, int limit)
    : LimitReachedException($"Order {orderId} has reached its limit of {limit} {what}.");
