namespace Shop.Functions.Catalogue.Stock;

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
