using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>What to do about staff who want to take a promised refund back. Pure: the order and the wish in, one of three outcomes out.</summary>
public abstract record WithdrawalDecision(Order Order)
{
    /// <summary>It cannot be taken back.</summary>
    public sealed record Refuse(Order Order, Problem Problem) : WithdrawalDecision(Order);

    /// <summary>It is taken back already: the same request again.</summary>
    public sealed record Replay(Order Order) : WithdrawalDecision(Order);

    /// <summary>It is taken back now; the order says so.</summary>
    public sealed record Withdraw(Order Order) : WithdrawalDecision(Order);

    private static readonly Problem RemainderClosed = new(409, "remainder-closed", "The rest of this order is not sent because this goes back: promise its price in another way first.");

    private static readonly Problem Sent = new(409, "refund-sent", "This refund has been sent, or may be on its way.");

    public static WithdrawalDecision Of(Order order, string refundId, string by, DateTimeOffset now)
    {
        if (order.RefundPromises.FirstOrDefault(request => request.Id == refundId) is not { } promise) return new Refuse(order, Problem.NotFound);
        if (promise.WithdrawnAt is not null) return new Replay(order);
        if (MayBeSent(order, promise)) return new Refuse(order, Sent);
        var without = order.Without(promise, by, now);
        return PaysForWhatIsNotSent(order, without) ? new Refuse(order, RemainderClosed) : new Withdraw(without);
    }

    /// <summary>
    /// Part of the order is not sent because its price goes back: without the promise it would not. One that could not be kept
    /// counts for nothing already, and can be taken back.
    /// </summary>
    private static bool PaysForWhatIsNotSent(Order order, Order without)
    {
        if (order.NotSent.IsEmpty) return false;
        // While it is asked for, money looks as if it had gone back.
        if (order.IsDisputed) return true;
        return UnpaidOf(without) > UnpaidOf(order);
    }

    private static long UnpaidOf(Order order) => RefundAllocation.Of(order, Settlement.Of(order)).Unpaid(Whereabouts.NotSent);

    /// <summary>
    /// Before the provider is asked, that is noted. It may have sent something from then on, until it is known that the try
    /// has failed; where it is sent in parts, a try of one of them says nothing of the others.
    /// </summary>
    private static bool MayBeSent(Order order, RefundPromise promise)
    {
        var answers = order.Ledger.Where(fact => fact.Kind == FactKind.Refund && fact.Reference == promise.Id).ToList();
        if (answers.Exists(fact => fact.Status != FactStatus.Failed)) return true;
        if (promise.SentAt is not { } sent) return false;
        // What came of the try may be what the ledger had no room for.
        if (order.Ledger.Length == Order.MostLedgerEntries) return true;
        var isInParts = Settlement.Of(order).Refunds.Count(owed => owed.Reference == promise.Id) > 1;
        return isInParts || !answers.Exists(fact => fact.At >= sent);
    }
}
