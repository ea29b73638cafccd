namespace Shop.Functions.Catalogue.Stock;

/// <summary>What an order has of an item, in the state it is in.</summary>
/// <param name="Reserved">So many are kept for it.</param>
/// <param name="Shipped">So many have left for it, or stand ready to.</param>
/// <param name="Version">Which state of the order that is: what an earlier one says late counts no more.</param>
/// <param name="IsOver">Nothing of that can change any more.</param>
public sealed record StockClaim(int Reserved, int Shipped, int Version, bool IsOver);
