namespace Shop.Functions.Catalogue.Stock;

/// <summary>What came of an adjustment.</summary>
/// <param name="Level">As it is now.</param>
public sealed record StockAdjustment(StockLevel Level, StockAdjustmentOutcome Outcome);
