namespace Shop.Local.Storm;

/// <summary>How many of an item the shop says that there are.</summary>
public sealed record StatedStock(int OnHand, int Reserved);
