using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>The steps of a reconciliation that are about refunds: how they stand, and sending back what is owed.</summary>
public sealed partial class RefundReconciler(
    PaymentProviders providers, IOptions<OrderOptions> options, ILogger<RefundReconciler> logger, TimeProvider clock)
{
    /// <summary>Asks about those that are on their way. One that the provider does not know, or not any more, holds up nothing else.</summary>
    public async Task FetchPendingAsync(ReconciliationRun run, CancellationToken cancellation)
    {
        foreach (var refund in run.Order.Ledger.Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending }))
        {
            try
            {
                await run.OrPostponeAsync(async () =>
                    await run.ChangeAsync((await providers[refund.Provider].FetchRefundAsync(refund, cancellation)).ApplyTo, cancellation));
            }
            catch (PaymentRefusedException refused)
            {
                LogNotFetched(refused, run.Order.Id, refund.Key);
            }
        }
    }

    public async Task SendOwedAsync(ReconciliationRun run, CancellationToken cancellation)
    {
        foreach (var capture in Settlement.Of(run.Order).Refunds.Select(refund => refund.Capture).DistinctBy(capture => capture.Key))
            await run.OrPostponeAsync(() => SendOwedAsync(run, capture, cancellation));
    }

    /// <summary>
    /// What the provider has sent back already counts first: people do so there by hand, and a try of ours may have been cut
    /// off so long ago that its idempotency key is forgotten. Without knowing that, nothing is sent.
    /// </summary>
    private async Task SendOwedAsync(ReconciliationRun run, LedgerEntry capture, CancellationToken cancellation)
    {
        await run.ChangeAsync((await FetchAllAsync(run.Order, capture, cancellation)).ApplyTo, cancellation);
        foreach (var reference in Settlement.Of(run.Order).Refunds.Where(refund => refund.Capture.Key == capture.Key).Select(refund => refund.Reference))
        {
            // What is owed is asked for again each time: the refund before this one may have changed it.
            var owed = Settlement.Of(run.Order).Refunds.FirstOrDefault(refund => refund.Capture.Key == capture.Key && refund.Reference == reference);
            if (owed is null || !ReconciliationPolicy.IsRefundDue(run.Order, owed, options.Value, clock.GetUtcNow())) continue;
            await run.OrPostponeAsync(() => SendOwedAsync(run, owed, cancellation));
        }
    }

    private async Task<IReadOnlyList<PaymentEvent>> FetchAllAsync(Order order, LedgerEntry capture, CancellationToken cancellation)
    {
        try
        {
            return await providers[capture.Provider].FetchRefundsAsync(order, capture, cancellation);
        }
        catch (PaymentRefusedException refused)
        {
            // What it has sent back is not known, whatever it does not like: the next look asks again.
            throw new UnavailableException(capture.Provider, refused);
        }
    }

    /// <summary>
    /// Notes on a promise that it may be on its way from here on: whoever wants to take it back is told no then. When the
    /// provider does not let this shop in, it has sent nothing; after any other failure nobody knows.
    /// </summary>
    private async Task SendOwedAsync(ReconciliationRun run, OwedRefund owed, CancellationToken cancellation)
    {
        var (begun, before) = (clock.GetUtcNow(), default(DateTimeOffset?));
        if (owed.Reference != OwedRefund.Surplus) await run.ChangeAsync(Begin, cancellation);
        // Staff may have taken it back just now.
        if (!Settlement.Of(run.Order).Refunds.Contains(owed)) return;
        try
        {
            var sent = await SendAsync(run.Order, owed, cancellation);
            LogSentBack(run.Order.Id, owed.Capture.Key, sent.Money!.Status);
            await run.ChangeAsync(sent.ApplyTo, cancellation);
        }
        catch (ProviderAccessException)
        {
            await run.ChangeAsync(current => current.WithoutTry(owed.Reference, begun, before), cancellation);
            throw;
        }

        Order Begin(Order current)
        {
            before = current.RefundPromises.FirstOrDefault(promise => promise.Id == owed.Reference)?.SentAt;
            return current.WithSent(owed.Reference, begun);
        }
    }

    /// <summary>A refund that is refused counts as one that failed: after some of them a person is asked.</summary>
    private async Task<PaymentEvent> SendAsync(Order order, OwedRefund owed, CancellationToken cancellation)
    {
        if (!providers[owed.Capture.Provider].CanRefund(owed.Amount))
        {
            // Promised by an older version, or a rest that nobody named: the provider would not even be asked.
            LogNotPossible(order.Id, owed.Capture.Key, owed.Amount.Amount, owed.Amount.Currency);
            return PaymentEvent.RefundRefused(owed, clock.GetUtcNow());
        }

        try
        {
            return await providers[owed.Capture.Provider].RefundAsync(order, owed, cancellation);
        }
        catch (PaymentRefusedException)
        {
            return PaymentEvent.RefundRefused(owed, clock.GetUtcNow());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: {Amount} {Currency} of {Capture} cannot be sent back, for its provider cannot express that")]
    private partial void LogNotPossible(string orderId, string capture, long amount, string currency);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: how {Refund} stands cannot be asked for")]
    private partial void LogNotFetched(Exception exception, string orderId, string refund);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId}: {Capture} is sent back, and that is {Status}")]
    private partial void LogSentBack(string orderId, string capture, FactStatus status);
}
