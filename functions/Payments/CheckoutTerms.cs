using Shop.Functions.Orders;

namespace Shop.Functions.Payments;

/// <summary>What a provider says about a checkout of an order before one is opened.</summary>
/// <param name="TakesOrder"><see cref="IPaymentLimits.CanPay"/>.</param>
/// <param name="Shortest">The shortest life it allows a checkout, with a little room for clocks.</param>
/// <param name="Longest">The longest one, likewise.</param>
public sealed record CheckoutTerms(bool TakesOrder, TimeSpan Shortest, TimeSpan Longest);
