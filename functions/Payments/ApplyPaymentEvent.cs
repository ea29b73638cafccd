using System.Diagnostics;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Payments.Reconciliation;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Payments;

/// <summary>
/// Queue <c>payment-events</c>: merges what a provider says into the order it is about. Duplicates and late arrivals
/// change nothing; what is owed because of it is left to <c>order-checks</c>.
/// </summary>
public sealed partial class ApplyPaymentEvent(
    OrderStore orders,
    OrderIndex index,
    ReconciliationSchedule schedule,
    ReconciliationQueue reconciliations,
    ReviewList reviews,
    PaymentProviders providers,
    IOptions<OrderOptions> options,
    ILogger<ApplyPaymentEvent> logger,
    TimeProvider clock)
{
    [Function(nameof(ApplyPaymentEvent))]
    public async Task Run([QueueTrigger(StorageNames.PaymentEvents)] string message, CancellationToken cancellation)
    {
        var payment = PaymentEvent.Parse(message);
        try
        {
            await Apply(payment, cancellation);
        }
        catch (UnavailableException exception)
        {
            // The host gives a message five tries within a minute; an outage at a provider lasts longer.
            LogPostponed(exception, payment.EventId);
            await schedule.SetEventAsync(message, clock.GetUtcNow() + ReconciliationPolicy.EventPostponement(options.Value, exception), cancellation);
        }
    }

    private async Task Apply(PaymentEvent payment, CancellationToken cancellation)
    {
        if (await providers.FindOrderIdAsync(payment, cancellation) is not { } orderId)
        {
            LogForeign(payment.EventId, payment.Type);
            return;
        }

        var order = await orders.ChangeAsync(orderId, payment.ApplyTo, cancellation)
            // Money for an order that nobody knows needs a person: after some tries the message is on the poison queue.
            ?? throw new UnknownOrderException(orderId, payment.EventId);

        var settlement = Settlement.Of(order);
        Activity.Current?.SetTag("shop.order.id", orderId).SetTag("shop.event.id", payment.EventId).SetTag("shop.event.type", payment.Type)
            .SetTag("shop.payment.status", JsonNamingPolicy.SnakeCaseLower.ConvertName(settlement.Payment.ToString()));
        if (settlement.ReviewReason is { } reason)
        {
            await reviews.AddAsync(orderId, cancellation);
            LogReview(orderId, reason);
        }
        else if (order.IsDisputed) await reviews.AddAsync(orderId, cancellation);

        // The review holds the order; the message stays for whoever sees to it, and can be sent again.
        if (payment.ToLedgerEntry() is { } fact && order.Lacks(fact))
        {
            await index.WriteAsync(order, cancellation);
            throw new OrderLimitException(orderId, "ledger entries", Order.MostLedgerEntries);
        }

        // A look lists the order as it leaves it; listing it twice would only cost another call.
        if (ReconciliationQueue.IsDue(order, settlement)) await ReconcileAtOnce(orderId, settlement, cancellation);
        else await ListAsync(order, settlement, cancellation);
        LogApplied(payment.EventId, payment.Type, orderId);
    }

    /// <summary>A refund that somebody has made at the provider may be on its way for days: it is looked after until it has arrived.</summary>
    private async Task ListAsync(Order order, Settlement settlement, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!settlement.AwaitsPayment && ReconciliationPolicy.Next(order, options.Value, now) is { } wait) await schedule.SetAsync(order.Id, now + wait, cancellation);
        await index.WriteAsync(order, cancellation);
    }

    private async Task ReconcileAtOnce(string orderId, Settlement settlement, CancellationToken cancellation)
    {
        // An order that awaits payment has been in flight since its payment was started.
        if (!settlement.AwaitsPayment) await schedule.SetAsync(orderId, clock.GetUtcNow(), cancellation);
        await reconciliations.SendAsync(new(orderId, "owed"), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{EventId} ({Type}) is applied to order {OrderId}")]
    private partial void LogApplied(string eventId, string type, string orderId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} needs a person: {Reason}")]
    private partial void LogReview(string orderId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{EventId} is put off: a part it needs is not answering")]
    private partial void LogPostponed(Exception exception, string eventId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{EventId} ({Type}) is about a payment that is not this shop's")]
    private partial void LogForeign(string eventId, string type);
}
