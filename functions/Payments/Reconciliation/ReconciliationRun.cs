using Shop.Functions.Orders;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>An order while it is reconciled: each step sees it as the steps before have left it.</summary>
public sealed class ReconciliationRun(OrderStore orders, Order order)
{
    private readonly List<UnavailableException> _postponed = [];

    public Order Order { get; private set; } = order;

    /// <summary>What did not answer; empty when everything did.</summary>
    public IReadOnlyList<UnavailableException> Postponed => _postponed;

    /// <summary>What a provider does not answer holds up nothing but itself: an outage, or one attempt that it fails for a day, keeps no money here.</summary>
    public async Task OrPostponeAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (UnavailableException exception)
        {
            _postponed.Add(exception);
        }
    }

    public async Task RecordAsync(IReadOnlyList<PaymentEvent> events, CancellationToken cancellation)
    {
        if (events.Count > 0) await ChangeAsync(events.ApplyTo, cancellation);
    }

    /// <exception cref="UnknownOrderException">The order is gone.</exception>
    public async Task ChangeAsync(Func<Order, Order> decide, CancellationToken cancellation) =>
        Order = await orders.ChangeAsync(Order.Id, decide, cancellation) ?? throw new UnknownOrderException(Order.Id, "(none)");
}
