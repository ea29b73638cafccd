namespace Shop.Functions.Orders.Placing;

/// <param name="At">When it was about to be placed.</param>
public readonly record struct UnpaidReservation(string OrderId, DateTimeOffset At);
