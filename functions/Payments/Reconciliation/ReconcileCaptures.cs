using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>
/// Timer <c>ReconcileCapturesSchedule</c>: what <see cref="ReconcileEvents"/> cannot find. When a provider's list of events
/// did not reach back to the mark (the shop stood still for a month, or was not let in), each capture that may still be
/// refunded or disputed is asked about: some orders in a run, from where the run before ended, for refunds and for disputes
/// by themselves, for a key may be let in to one of them only. Otherwise it costs one storage call.
/// </summary>
public sealed partial class ReconcileCaptures(
    PaymentProviders providers, PaymentEvents events, OrderStore orders, ReconciliationStore store, TimeProvider clock, ILogger<ReconcileCaptures> logger)
{
    /// <summary>After each page its end is stored.</summary>
    public const int PageSize = 20;

    /// <summary>Of one provider and question in one run.</summary>
    public const int MostPages = 20;

    /// <summary>Nothing more is asked later than this after the first question of its kind: host.json ends a run after five minutes.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    [Function(nameof(ReconcileCaptures))]
    public async Task Run([TimerTrigger("%ReconcileCapturesSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var stored = await store.CapturesAsync(cancellation);
        // Before anything is asked: a question that is done with would not tell any more that the other one is missing.
        foreach (var missing in CaptureReconciliation.MissingOf(stored).ToList()) stored.Add(await store.AddAsync(missing, cancellation));
        foreach (var reconciliation in stored.Where(begun => begun.CompletedAt is null))
        {
            try
            {
                await ContinueAsync(reconciliation, cancellation);
            }
            catch (UnavailableException exception)
            {
                LogUnavailable(exception, reconciliation.Provider, reconciliation.About);
            }
        }
    }

    private async Task ContinueAsync(CaptureReconciliation begun, CancellationToken cancellation)
    {
        var (started, progress) = (clock.GetTimestamp(), begun);
        for (var page = 0; page < MostPages && progress.CompletedAt is null && (page == 0 || !IsLong()); page++)
        {
            var (found, next) = await orders.PageAsync(progress.PlacedSince, progress.After, PageSize, cancellation);
            var (asked, unknown) = (0, 0);
            foreach (var (index, (id, order)) in found.Index())
            {
                if (order is null) LogUnreadable(id);
                else
                {
                    foreach (var capture in CapturesOf(order, progress.Provider))
                    {
                        asked++;
                        unknown += await AskAsync(progress.About, order, capture, cancellation);
                    }
                }

                // A slow provider must not keep a page from ever being done.
                if (index == found.Count - 1 || !IsLong()) continue;
                next = id;
                break;
            }

            progress = await store.ReplaceAsync(progress.Next(next, asked, unknown, clock.GetUtcNow()), cancellation);
        }

        LogAsked(progress.Provider, progress.About, progress.Asked - begun.Asked, progress.Found - begun.Found, progress.CompletedAt is not null);
        if (progress.Found > begun.Found) LogLost(progress.Provider, progress.Found - begun.Found);

        bool IsLong() => clock.GetElapsedTime(started) > LongestRun;
    }

    /// <returns>How many of the answers the order did not know; they are queued.</returns>
    private async Task<int> AskAsync(CaptureReconciliation.Question about, Order order, LedgerEntry capture, CancellationToken cancellation)
    {
        var provider = providers[capture.Provider];
        try
        {
            return await PassOnAsync(order, capture, about switch
            {
                CaptureReconciliation.Question.Refunds => [.. (await provider.FetchRefundsAsync(order, capture, cancellation)).Select(refund => new Translation.Payment(refund))],
                CaptureReconciliation.Question.Disputes => await provider.FetchDisputesAsync(capture, cancellation),
                _ => throw new ArgumentOutOfRangeException(nameof(about), about, null),
            }, cancellation);
        }
        catch (PaymentRefusedException exception)
        {
            // A payment that the provider does not know is no reason to ask about no other.
            LogRefused(exception, order.Id, capture.Key);
            return 0;
        }
    }

    private async Task<int> PassOnAsync(Order order, LedgerEntry capture, IReadOnlyList<Translation> told, CancellationToken cancellation)
    {
        var unknown = 0;
        foreach (var translation in told)
        {
            // Refunds and disputes do not name our order, and it is known here.
            var named = translation is Translation.Payment payment ? new Translation.Payment(payment.Event with { OrderId = order.Id }) : translation;
            if (named is Translation.Payment { Event: var tells } && !tells.TellsMoreThan(order)) continue;
            await events.PassOnAsync(named, cancellation);
            LogFound(order.Id, capture.Key, named.Name.EventId);
            unknown++;
        }

        return unknown;
    }

    private static IEnumerable<LedgerEntry> CapturesOf(Order order, string provider) => order.Ledger.Where(fact =>
        fact is { Kind: FactKind.Capture, Status: FactStatus.Completed or FactStatus.Reversed } && fact.Provider == provider);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {About} of {Captures} captures asked for, {Found} of them not known; to the end: {IsCompleted}")]
    private partial void LogAsked(string provider, CaptureReconciliation.Question about, long captures, long found, bool isCompleted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId} does not know what became of {Capture}; {ObjectId} is queued")]
    private partial void LogFound(string orderId, string capture, string objectId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Found} events never came as webhooks, or were not applied")]
    private partial void LogLost(string provider, long found);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: {Capture} cannot be asked about")]
    private partial void LogRefused(Exception exception, string orderId, string capture);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId} cannot be read: nobody asks about its captures")]
    private partial void LogUnreadable(string orderId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} does not answer: {About} of its captures are asked for by the next run")]
    private partial void LogUnavailable(Exception exception, string provider, CaptureReconciliation.Question about);
}
