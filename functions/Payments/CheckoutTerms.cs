namespace Shop.Functions.Payments;

/// <summary>What a provider says about a checkout of an order before one is opened.</summary>
/// <param name="TakesOrder">False when it cannot express one of the order's amounts, or does not know its currency.</param>
/// <param name="Shortest">The shortest life it allows a checkout, with a little room for clocks.</param>
/// <param name="Longest">The longest one, likewise.</param>
public sealed record CheckoutTerms(bool TakesOrder, TimeSpan Shortest, TimeSpan Longest);
