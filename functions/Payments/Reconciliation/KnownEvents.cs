using Shop.Functions.Orders;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>Whether the order that an event is about knows what it tells. Each order is read once for a page.</summary>
public sealed class KnownEvents(PaymentProviders providers, OrderStore orders)
{
    private readonly Dictionary<string, Order?> _orders = [];
    private bool _isShutOut;

    /// <summary>Orders change between pages; whether the provider lets this shop in hardly does.</summary>
    public void BeginPage() => _orders.Clear();

    /// <returns>True also when it is about no order of this shop's; null when the provider does not let this shop ask whose payment it is about.</returns>
    /// <exception cref="Platform.Http.UnavailableException">The provider does not say whose payment it is about.</exception>
    public async Task<bool?> IsKnownAsync(PaymentEvent payment, CancellationToken cancellation)
    {
        // Asked once, and told about once: a key that is wrong for one event is wrong for all that name no order.
        if (_isShutOut && payment.OrderId is null) return null;
        try
        {
            if (await providers.FindOrderIdAsync(payment, cancellation) is not { } orderId) return true;
            if (!_orders.TryGetValue(orderId, out var order)) _orders[orderId] = order = await orders.FindAsync(orderId, cancellation);
            return order is not null && !payment.TellsMoreThan(order);
        }
        catch (Exception exception) when (exception is PaymentRefusedException or OrderLimitException or UnreadableOrderException)
        {
            // Whoever applies it deals with that.
            return false;
        }
        catch (ProviderAccessException)
        {
            _isShutOut = true;
            return null;
        }
    }
}
