namespace Shop.Functions.Catalogue.Stock;

/// <summary>What has become of a reservation by the time that its order was stored.</summary>
public enum StockConfirmation
{
    Kept = 1,

    /// <summary>It was another, or none: it is the order's now.</summary>
    Renewed = 2,

    /// <summary>Somebody has given it back, and there are not as many any more.</summary>
    Gone = 3,
}
