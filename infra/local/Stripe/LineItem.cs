namespace Shop.Local.Stripe;

internal sealed record LineItem(
    string Id, string PriceId, string ProductId, string Name, string? Description, long Quantity, decimal UnitAmount, long Amount,
    string TaxBehavior);
