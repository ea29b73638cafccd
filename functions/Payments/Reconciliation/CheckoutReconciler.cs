using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>The steps of a reconciliation that are about checkouts: how they stand, taking what is approved, closing what is over.</summary>
public sealed partial class CheckoutReconciler(
    PaymentProviders providers, IOptions<OrderOptions> options, ILogger<CheckoutReconciler> logger, TimeProvider clock)
{
    /// <summary>Asks about those whose end nobody has told.</summary>
    public async Task FetchAsync(ReconciliationRun run, CancellationToken cancellation)
    {
        foreach (var checkout in ReconciliationPolicy.Unsettled(run.Order))
            await run.OrPostponeAsync(async () => await run.RecordAsync(await FetchAsync(run.Order, checkout, cancellation), cancellation));
    }

    public async Task CaptureApprovedAsync(ReconciliationRun run, CancellationToken cancellation)
    {
        foreach (var checkout in Settlement.Of(run.Order).Captures.Where(checkout => Declines.IsTryDue(checkout, isBack: false, options.Value, clock.GetUtcNow())))
        {
            try
            {
                await run.OrPostponeAsync(async () =>
                    await run.RecordAsync(await providers[checkout.Provider].CaptureAsync(run.Order, checkout, cancellation), cancellation));
            }
            catch (PaymentRefusedException refused)
            {
                // Nothing has moved; the checkout stays approved until its time is up, and later looks try again.
                LogNotCaptured(refused, run.Order.Id, checkout.Provider, checkout.Attempt);
            }
        }
    }

    /// <summary>
    /// A page is closed at the provider first; only when none is left can the order end without losing money. An order
    /// that was cancelled has ended already: its pages are closed so that nobody pays for nothing.
    /// </summary>
    public async Task ExpireUnpaidAsync(ReconciliationRun run, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (run.Order.Closed is null && !Expiry.IsDue(run.Order, now)) return;
        foreach (var checkout in run.Order.Checkouts.Where(checkout => checkout is { IsOver: false, Id: not null }))
            await run.OrPostponeAsync(async () => await run.RecordAsync(await CloseAsync(checkout, cancellation), cancellation));

        var before = run.Order;
        await run.OrPostponeAsync(() => run.ChangeAsync(current => Expiry.Apply(current, now), cancellation));
        if (run.Order.Closed is not null && before.Closed is null) LogExpired(run.Order.Id);
    }

    /// <summary>
    /// An attempt without an id was cut off while starting: the same request again tells what became of it. Past its time
    /// it is over whatever became of it, for nobody was ever sent to its page; a provider may answer with the same failure
    /// for as long as it remembers the idempotency key.
    /// </summary>
    /// <returns>Nothing when the provider does not know a page that could still be open: then the key may be another account's.</returns>
    private async Task<IReadOnlyList<PaymentEvent>> FetchAsync(Order order, Checkout checkout, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (checkout.Id is null && checkout.ExpiresAt <= now) return [PaymentEvent.NeverOpened(checkout, now)];
        try
        {
            return checkout.Id is null
                ? await providers[checkout.Provider].OpenCheckoutAsync(order, checkout, cancellation)
                : await providers[checkout.Provider].FetchCheckoutAsync(checkout, cancellation);
        }
        catch (PaymentRefusedException)
        {
            if (Pending(order, checkout) is { } capture) return await FetchAsync(capture, cancellation);
            return checkout.Id is null || checkout.ExpiresAt <= now ? [PaymentEvent.NeverOpened(checkout, now)] : [];
        }
    }

    /// <summary>A provider may not show a checkout for as long as its money is on its way: then it is asked about the money.</summary>
    private async Task<IReadOnlyList<PaymentEvent>> FetchAsync(LedgerEntry capture, CancellationToken cancellation)
    {
        try
        {
            return await providers[capture.Provider].FetchCaptureAsync(capture, cancellation) is { } known ? [known] : [];
        }
        catch (PaymentRefusedException)
        {
            return [];
        }
    }

    /// <returns>The money that may be on its way by a checkout that is over; null when there is none.</returns>
    private static LedgerEntry? Pending(Order order, Checkout checkout) => checkout.State == CheckoutState.Completed
        ? order.Ledger.FirstOrDefault(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Pending } && fact.Provider == checkout.Provider)
        : null;

    /// <returns>Nothing when the provider does not know the page.</returns>
    private async Task<IReadOnlyList<PaymentEvent>> CloseAsync(Checkout checkout, CancellationToken cancellation)
    {
        try
        {
            return await providers[checkout.Provider].CloseCheckoutAsync(checkout, cancellation);
        }
        catch (PaymentRefusedException)
        {
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Order {OrderId} stayed unpaid and is given up")]
    private partial void LogExpired(string orderId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the money of {Provider} checkout {Attempt} cannot be asked for")]
    private partial void LogNotCaptured(Exception exception, string orderId, string provider, int attempt);
}
