namespace Shop.Local.Storm;

/// <param name="Number">From 0; part of the idempotency key.</param>
/// <param name="Counted">How many of the item that is counted; of others there is no end.</param>
public sealed record PlannedOrder(int Number, int Customer, int Quantity, Tender Tender, Paying Paying, Aftermath Aftermath, int Counted);
