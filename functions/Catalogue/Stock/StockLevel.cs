namespace Shop.Functions.Catalogue.Stock;

/// <summary>How many of an item there are.</summary>
/// <param name="OnHand">In the warehouse, those that are spoken for included.</param>
/// <param name="Reserved">Ordered, and not sent yet.</param>
public sealed record StockLevel(int OnHand, int Reserved)
{
    /// <summary>Below zero when staff have counted fewer than were ordered.</summary>
    public int Available => OnHand - Reserved;
}
