using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Erasures;

/// <summary>What stands in the way of an erasure, and what stays after it. Pure.</summary>
public static class ErasureDecision
{
    /// <returns>Why the account cannot be erased while the order is as it is; null when it can.</returns>
    public static string? BlockOf(Order order)
    {
        var settlement = Settlement.Of(order);
        if (order.Ledger.Any(fact => fact.IsUndecidedDispute)) return "A dispute about its payment is open.";
        if (settlement.Payment == PaymentStatus.NeedsReview) return "Its payment is being looked at by our staff.";
        if (settlement.Refunds.Length > 0 || order.Ledger.Any(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending }))
            return "Money is on its way back to you.";
        if (IsUnreconciled(order, settlement)) return "A payment for it is on its way.";
        if (order.Closed is not null || IsSettled(order, settlement)) return null;
        if (order.HasShipped) return "A parcel of it has not arrived yet: wait for it, or ask us to refund what is in it.";
        return settlement.Payment is PaymentStatus.Paid or PaymentStatus.PartlyRefunded ? "It is paid and has not been delivered yet: wait for it, or cancel it first." : null;
    }

    /// <summary>Everything has arrived or come back, or the money for what has not has gone back: a parcel that is lost is nothing to wait for then.</summary>
    private static bool IsSettled(Order order, Settlement settlement)
    {
        if (settlement.Payment == PaymentStatus.Refunded) return true;
        return order.HasShipped && RefundAllocation.Of(order, settlement).Unpaid(Whereabouts.NotSent, Whereabouts.Lost, Whereabouts.OnItsWay, Whereabouts.ToSend) == 0;
    }

    /// <summary>What stays of an order, under which rule of the policy and until when.</summary>
    public static KeptOrder KeptOf(Order order, RetentionPolicy policy)
    {
        var (until, rule) = OrderRetention.KeptUntil(order, policy);
        return new(order.Id, order.Number, rule, until);
    }

    /// <summary>The same of an order that cannot be read: it has the longest time that it may have, as the purge gives it.</summary>
    public static KeptOrder KeptOfDamaged(string orderId, DateTimeOffset confirmedAt, RetentionPolicy policy) =>
        new(orderId, OrderIds.NumberOf(orderId), RetentionRules.OrderFiscalOss, policy.LongestFiscalDue(confirmedAt));

    /// <returns>
    /// When an erasure that is not done is tried again: what is out of order is mended within minutes, or lasts. The host gives
    /// a message five tries within a minute, and this one must not end as a dead letter.
    /// </returns>
    /// <param name="age">Since it was confirmed.</param>
    public static TimeSpan NextTry(TimeSpan age) => age < TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1);

    /// <returns>What an erasure is called: nobody can tell the person or the confirmation from it.</returns>
    /// <param name="confirmation">Random, and never stored.</param>
    public static string ReferenceOf(string accountId, string confirmation) =>
        TextHash.Of($"erasure\n{accountId}\n{confirmation}", 16);

    /// <summary>The provider says that the customer has paid or agreed to, and the money has not been heard of.</summary>
    private static bool IsUnreconciled(Order order, Settlement settlement) =>
        settlement.Payment == PaymentStatus.Pending
        || order.Ledger.Any(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Pending })
        || (order.Closed is null && order.Checkouts.Any(checkout => checkout.State == CheckoutState.Approved))
        || (order.Checkouts.Any(checkout => checkout.State == CheckoutState.Completed) && order.Ledger.All(fact => fact.Kind != FactKind.Capture));
}
