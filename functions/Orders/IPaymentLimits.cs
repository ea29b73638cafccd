using Shop.Functions.Platform;

namespace Shop.Functions.Orders;

/// <summary>
/// What a payment provider can express, known without asking it. Whoever stores an order, a payment or a promised refund
/// asks this first: afterwards it would only be refused, again and again.
/// </summary>
public interface IPaymentLimits
{
    /// <summary>Whose limits they are, as the ledger writes it.</summary>
    string Name { get; }

    /// <returns>False when the provider does not take the order's currency, or not this much or this little of it, or cannot express an amount in it.</returns>
    bool CanPay(Order order);

    /// <returns>False when the provider cannot express the amount of a refund.</returns>
    bool CanRefund(Money amount);
}
