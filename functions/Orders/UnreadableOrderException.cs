namespace Shop.Functions.Orders;

/// <summary>An order that was stored by a version that this one does not understand, or is damaged: asking again does not help.</summary>
public sealed class UnreadableOrderException(string orderId, Exception inner)
    : Exception($"Order {orderId} cannot be read ({inner.GetType().Name}).");
