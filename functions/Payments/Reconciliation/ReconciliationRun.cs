using Shop.Functions.Orders;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>An order while it is reconciled: each step sees it as the steps before have left it.</summary>
public sealed class ReconciliationRun(OrderStore orders, Order order, TimeProvider clock)
{
    private readonly List<UnavailableException> _postponed = [];
    private readonly long _began = clock.GetTimestamp();

    /// <summary>
    /// No step begins later than this. A step is a call or two of 20 seconds at most, tried three times, and the host ends a
    /// function after five minutes: whatever the providers do, what was learnt is recorded and the next look is filed.
    /// </summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromMinutes(2);

    public Order Order { get; private set; } = order;

    /// <summary>What did not answer; empty when everything did.</summary>
    public IReadOnlyList<UnavailableException> Postponed => _postponed;

    /// <summary>What a provider does not answer holds up nothing but itself: an outage, or one attempt that it fails for a day, keeps no money here.</summary>
    public async Task OrPostponeAsync(Func<Task> step)
    {
        if (clock.GetElapsedTime(_began) > Budget)
        {
            _postponed.Add(new UnavailableException("Time for more steps in one look"));
            return;
        }

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
