namespace Shop.Functions.Orders;

/// <summary>Why an order is closed, and since when.</summary>
public sealed record Closing(DateTimeOffset At, ClosingReason Reason);
