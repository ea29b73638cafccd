using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>
/// Queue <c>order-checks</c>: looks at an order and does what is owed: asks the provider about checkouts whose webhook
/// never came, takes the money that a customer has approved, gives up what stays unpaid, closes the pages of what was
/// cancelled, sends back what is promised or not ours. Every step is safe to repeat, so a crash or a second look at the
/// same time only costs a call.
/// </summary>
public sealed partial class ReconcileOrder(
    OrderStore orders,
    OrderIndex index,
    ReconciliationSchedule schedule,
    ReconciliationQueue reconciliations,
    ReviewList reviews,
    PaymentProviders providers,
    IOptions<OrderOptions> options,
    ILogger<ReconcileOrder> logger,
    TimeProvider clock)
{
    /// <summary>As the host, its dashboards and operators know it: the name outlives the class's.</summary>
    public const string FunctionName = "AdvanceOrder";

    [Function(FunctionName)]
    public async Task Run([QueueTrigger(StorageNames.OrderChecks)] string message, CancellationToken cancellation)
    {
        var check = ReconciliationMessage.Parse(message);
        // Before the order: whoever files it from here on changes the row, and then it stays.
        var row = await schedule.FindAsync(check.OrderId, cancellation);
        if (await orders.FindAsync(check.OrderId, cancellation) is not { } order)
        {
            // The look is written before the order; whoever was placing it did not get that far.
            LogNothing(check.OrderId);
            if (row is not null) await schedule.RemoveAsync(row, cancellation);
            return;
        }

        var postponed = new List<UnavailableException>();
        order = await FetchCheckouts(order, postponed, cancellation);
        order = await CaptureApproved(order, postponed, cancellation);
        order = await FetchPendingRefunds(order, postponed, cancellation);
        order = await ExpireUnpaid(order, postponed, cancellation);
        order = await RefundOwed(order, postponed, cancellation);
        if (postponed is [var first, ..])
        {
            // The host gives a message five tries within a minute; an outage at a provider lasts longer.
            LogPostponed(first, order.Id);
            await WriteIndex(order, cancellation);
            await reconciliations.SendAsync(new(order.Id, "postponed"), ReconciliationPolicy.Postponement(options.Value), cancellation);
            return;
        }

        order = await WriteIndex(order, cancellation);
        if (ReconciliationPolicy.OwedTooLong(order, clock.GetUtcNow()) is { } owed) LogOwedTooLong(order.Id, owed.Capture.Key, owed.Capture.At);
        if (!Settlement.Of(order).Concerns.IsEmpty) await reviews.AddAsync(order.Id, cancellation);
        if (ReconciliationPolicy.Next(order, options.Value, clock.GetUtcNow()) is { } wait)
        {
            await schedule.SetAsync(order.Id, clock.GetUtcNow() + wait, cancellation);
            await reconciliations.SendAsync(new(order.Id, "again"), wait, cancellation);
        }
        else if (row is not null) await schedule.RemoveAsync(row, cancellation);
    }

    /// <summary>What a provider does not answer holds up nothing but itself: an outage, or one attempt that it fails for a day, keeps no money here.</summary>
    private static async Task<Order> OrPostpone(Order order, List<UnavailableException> postponed, Func<Task<Order>> step)
    {
        try
        {
            return await step();
        }
        catch (UnavailableException exception)
        {
            postponed.Add(exception);
            return order;
        }
    }

    private async Task<Order> FetchCheckouts(Order order, List<UnavailableException> postponed, CancellationToken cancellation)
    {
        foreach (var checkout in ReconciliationPolicy.Unsettled(order))
        {
            var current = order;
            order = await OrPostpone(order, postponed, async () => await RecordEvents(current, await FetchCheckout(current, checkout, cancellation), cancellation));
        }

        return order;
    }

    private async Task<Order> CaptureApproved(Order order, List<UnavailableException> postponed, CancellationToken cancellation)
    {
        foreach (var checkout in Settlement.Of(order).Captures.Where(checkout => Declines.IsTryDue(order, checkout, isBack: false, options.Value, clock.GetUtcNow())))
        {
            try
            {
                var current = order;
                order = await OrPostpone(order, postponed, async () =>
                    await RecordEvents(current, await providers[checkout.Provider].CaptureAsync(current, checkout, cancellation), cancellation));
            }
            catch (PaymentRefusedException refused)
            {
                // Nothing has moved; the checkout stays approved until its time is up, and later looks try again.
                LogNotCaptured(refused, order.Id, checkout.Provider, checkout.Attempt);
            }
        }

        return order;
    }

    private async Task<Order> FetchPendingRefunds(Order order, List<UnavailableException> postponed, CancellationToken cancellation)
    {
        foreach (var refund in order.Ledger.Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Pending }))
        {
            var current = order;
            order = await OrPostpone(order, postponed, async () =>
                await ChangeOrder(current, (await providers[refund.Provider].FetchRefundAsync(refund, cancellation)).ApplyTo, cancellation));
        }

        return order;
    }

    /// <summary>
    /// An attempt without an id was cut off while starting: the same request again tells what became of it. Past its time
    /// it is over whatever became of it, for nobody was ever sent to its page; a provider may answer with the same failure
    /// for as long as it remembers the idempotency key.
    /// </summary>
    /// <returns>Nothing when the provider does not know a page that could still be open: then the key may be another account's.</returns>
    private async Task<IReadOnlyList<PaymentEvent>> FetchCheckout(Order order, Checkout checkout, CancellationToken cancellation)
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
            return checkout.Id is null || checkout.ExpiresAt <= now ? [PaymentEvent.NeverOpened(checkout, now)] : [];
        }
    }

    /// <summary>
    /// A page is closed at the provider first; only when none is left can the order end without losing money. An order
    /// that was cancelled has ended already: its pages are closed so that nobody pays for nothing.
    /// </summary>
    private async Task<Order> ExpireUnpaid(Order order, List<UnavailableException> postponed, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (order.Closed is null && !Expiry.IsDue(order, now)) return order;
        foreach (var checkout in order.Checkouts.Where(checkout => checkout is { IsOver: false, Id: not null }))
        {
            var current = order;
            order = await OrPostpone(order, postponed, async () => await RecordEvents(current, await CloseCheckout(checkout, cancellation), cancellation));
        }

        var before = order;
        var expired = await OrPostpone(order, postponed, () => ChangeOrder(before, current => Expiry.Apply(current, now), cancellation));
        if (expired.Closed is not null && order.Closed is null) LogExpired(order.Id);
        return expired;
    }

    /// <returns>Nothing when the provider does not know the page.</returns>
    private async Task<IReadOnlyList<PaymentEvent>> CloseCheckout(Checkout checkout, CancellationToken cancellation)
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

    private async Task<Order> RefundOwed(Order order, List<UnavailableException> postponed, CancellationToken cancellation)
    {
        foreach (var capture in Settlement.Of(order).Refunds.Select(refund => refund.Capture).DistinctBy(capture => capture.Key))
        {
            var current = order;
            order = await OrPostpone(order, postponed, () => RefundCapture(current, capture, postponed, cancellation));
        }

        return order;
    }

    /// <summary>
    /// What the provider has sent back already counts first: people do so there by hand, and a try of ours may have been cut
    /// off so long ago that its idempotency key is forgotten. Without knowing that, nothing is sent.
    /// </summary>
    private async Task<Order> RefundCapture(Order order, LedgerEntry capture, List<UnavailableException> postponed, CancellationToken cancellation)
    {
        order = await ChangeOrder(order, (await FetchRefunds(order, capture, cancellation)).ApplyTo, cancellation);
        foreach (var reference in Settlement.Of(order).Refunds.Where(refund => refund.Capture.Key == capture.Key).Select(refund => refund.Reference))
        {
            // What is owed is asked for again each time: the refund before this one may have changed it.
            var owed = Settlement.Of(order).Refunds.FirstOrDefault(refund => refund.Capture.Key == capture.Key && refund.Reference == reference);
            if (owed is null || !ReconciliationPolicy.IsRefundDue(order, owed, options.Value, clock.GetUtcNow())) continue;
            var current = order;
            order = await OrPostpone(order, postponed, async () =>
            {
                var sent = await SendRefund(current, owed, cancellation);
                LogSentBack(current.Id, capture.Key, sent.Money!.Status);
                return await ChangeOrder(current, sent.ApplyTo, cancellation);
            });
        }

        return order;
    }

    private async Task<IReadOnlyList<PaymentEvent>> FetchRefunds(Order order, LedgerEntry capture, CancellationToken cancellation)
    {
        try
        {
            return await providers[capture.Provider].FetchRefundsAsync(order, capture, cancellation);
        }
        catch (PaymentRefusedException)
        {
            // A payment that the provider does not know: the refund itself will be refused as well, and that counts.
            return [];
        }
    }

    /// <summary>A refund that is refused counts as one that failed: after some of them a person is asked.</summary>
    private async Task<PaymentEvent> SendRefund(Order order, OwedRefund owed, CancellationToken cancellation)
    {
        try
        {
            return await providers[owed.Capture.Provider].RefundAsync(order, owed, cancellation);
        }
        catch (PaymentRefusedException)
        {
            return PaymentEvent.RefundRefused(owed, clock.GetUtcNow());
        }
    }

    /// <summary>An order that was placed while its account was being erased belongs to nobody: nothing personal of it stays.</summary>
    private async Task<Order> WriteIndex(Order order, CancellationToken cancellation)
    {
        if (await index.WriteAsync(order, cancellation)) return order;
        LogOrphaned(order.Id);
        return await ChangeOrder(order, current => Restriction.WithoutAccount(current, clock.GetUtcNow()), cancellation);
    }

    private async Task<Order> RecordEvents(Order order, IReadOnlyList<PaymentEvent> events, CancellationToken cancellation) =>
        events.Count == 0 ? order : await ChangeOrder(order, events.ApplyTo, cancellation);

    private async Task<Order> ChangeOrder(Order order, Func<Order, Order> decide, CancellationToken cancellation) =>
        await orders.ChangeAsync(order.Id, decide, cancellation) ?? throw new UnknownOrderException(order.Id, "(none)");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId} has lost its account and is restricted")]
    private partial void LogOrphaned(string orderId);

    [LoggerMessage(Level = LogLevel.Information, Message = "There is no order {OrderId} to look at")]
    private partial void LogNothing(string orderId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Order {OrderId} stayed unpaid and is given up")]
    private partial void LogExpired(string orderId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId}: {Capture} is sent back, and that is {Status}")]
    private partial void LogSentBack(string orderId, string capture, FactStatus status);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId}: {Capture} of {At} should have been sent back long ago and is not")]
    private partial void LogOwedTooLong(string orderId, string capture, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the money of {Provider} checkout {Attempt} cannot be asked for")]
    private partial void LogNotCaptured(Exception exception, string orderId, string provider, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The look at order {OrderId} is put off: a part it needs is not answering")]
    private partial void LogPostponed(Exception exception, string orderId);
}
