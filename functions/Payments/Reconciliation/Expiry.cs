using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>Giving up an order that stays unpaid.</summary>
public static class Expiry
{
    public static bool IsDue(Order order, DateTimeOffset now) =>
        now >= order.ExpiresAt && Settlement.Of(order) is { AwaitsPayment: true, Payment: not PaymentStatus.Pending };

    /// <returns>The order closed; or as it was, when it is not due or a page is still open somewhere.</returns>
    public static Order Apply(Order order, DateTimeOffset now)
    {
        if (!IsDue(order, now) || order.Checkouts.Any(checkout => !checkout.IsOver)) return order;
        return (order with { Closed = new Closing(now, ClosingReason.Expired) }).With(new JournalEntry(now, JournalKinds.Expired));
    }
}
