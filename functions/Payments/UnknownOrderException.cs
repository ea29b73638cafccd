namespace Shop.Functions.Payments;

/// <summary>An event names an order that does not exist.</summary>
public sealed class UnknownOrderException(string orderId, string eventId)
    : Exception($"Event {eventId} is about order {orderId}, which does not exist.");
