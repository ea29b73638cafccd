using Shop.Functions.Orders;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>Whether the order that an event is about knows what it tells. Each order is read once: make a new one for the next page.</summary>
public sealed class KnownEvents(PaymentProviders providers, OrderStore orders)
{
    private readonly Dictionary<string, Order?> _orders = [];

    /// <returns>True also when it is about no order of this shop's.</returns>
    /// <exception cref="Platform.Http.UnavailableException">The provider does not say whose payment it is about.</exception>
    public async Task<bool> IsKnownAsync(PaymentEvent payment, CancellationToken cancellation)
    {
        try
        {
            if (await providers.FindOrderIdAsync(payment, cancellation) is not { } orderId) return true;
            if (!_orders.TryGetValue(orderId, out var order)) _orders[orderId] = order = await orders.FindAsync(orderId, cancellation);
            return order is not null && !payment.TellsMoreThan(order);
        }
        catch (Exception exception) when (exception is PaymentRefusedException or OrderLimitException)
        {
            // Whoever applies it deals with that.
            return false;
        }
    }
}
