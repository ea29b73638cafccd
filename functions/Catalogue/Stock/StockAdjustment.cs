namespace Shop.Functions.Catalogue.Stock;

/// <summary>What came of an adjustment.</summary>
/// <param name="Level">As it is now.</param>
public sealed record StockAdjustment(StockLevel Level, StockAdjustmentOutcome Outcome);

public enum StockAdjustmentOutcome
{
    Done,

    /// <summary>The same request has been carried out before.</summary>
    Replayed,

    /// <summary>Another request had the same key.</summary>
    KeyReused,

    /// <summary>Fewer than none, or more than can be counted, would be on hand.</summary>
    Impossible,
}
