using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Payments.Reconciliation;

/// <summary>
/// Timer <c>ReconcileEventsSchedule</c>: reads what each provider has told since the last run from the provider's own list
/// of events, and queues what its order does not know, as the webhook would have. Webhooks may be lost, before a payment and
/// after it; this finds the refund or the dispute then. An event that came costs one read. The mark is stored after each page
/// and after what it passed on, so a run that is cut off or has read its share is gone on with by the next one.
/// </summary>
public sealed partial class ReconcileEvents(
    PaymentProviders providers,
    PaymentEvents events,
    OrderStore orders,
    ReconciliationStore store,
    OwedMoney owed,
    ShopMetrics metrics,
    IOptions<OrderOptions> options,
    TimeProvider clock,
    ILogger<ReconcileEvents> logger)
{
    /// <summary>Of a hundred events each, of one provider in one run.</summary>
    public const int MostPages = 20;

    /// <summary>No page is begun later than this after a provider's first one, and nothing more is compared: host.json ends a run after five minutes.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(80);

    [Function(nameof(ReconcileEvents))]
    public async Task Run([TimerTrigger("%ReconcileEventsSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var known = await store.EventListsAsync(cancellation);
        var failures = new List<Exception>();
        foreach (var provider in Providers.All)
        {
            // Whoever takes no payments by it need not hear of a lag; one that was set up once and is not any more does lag.
            if (!known.ContainsKey(provider) && !providers.IsSetUp(provider)) continue;
            try
            {
                await ReadAsync(provider, known.GetValueOrDefault(provider), cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                // What is wrong with one provider's row must not hold up the other.
                failures.Add(exception);
            }
        }

        await owed.MeasureAsync(cancellation);
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task ReadAsync(string provider, EventListProgress? before, CancellationToken cancellation)
    {
        var (now, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        // Stored before anybody is asked: a provider that never answers must lag as well.
        before ??= await store.AddAsync(EventListProgress.Begin(provider, now), cancellation);
        var (progress, known) = (before, new KnownEvents(providers, orders));
        try
        {
            for (var page = 0; page == 0 || (progress.IsBehind(now, Patience) && page < MostPages && clock.GetElapsedTime(started) < LongestRun); page++)
                progress = await ReadPageAsync(progress, known, now, started, cancellation);
        }
        catch (PaymentRefusedException exception)
        {
            LogRefused(exception, provider, exception.Code);
        }
        catch (UnavailableException exception)
        {
            LogUnavailable(exception, provider);
        }

        Report(provider, before, progress, now);
    }

    private async Task<EventListProgress> ReadPageAsync(EventListProgress progress, KnownEvents known, DateTimeOffset now, long started, CancellationToken cancellation)
    {
        var period = progress.NextPeriod(now, Patience);
        EventPage page;
        try
        {
            page = await providers[progress.Provider].FetchEventsAsync(period.From, period.To, period.Place, cancellation);
        }
        catch (PaymentRefusedException) when (period.Place is not null)
        {
            // The provider does not know the place any more: the period is read again from its beginning.
            return await store.ReplaceAsync(progress with { Underway = null }, cancellation);
        }

        known.BeginPage();
        var passedOn = new List<string>();
        var (ours, found) = (0, 0);
        foreach (var (translation, name) in page.Events.Where(read => read is not Translation.Ignored).Select(read => (read, read.Name)))
        {
            ours++;
            if (progress.PassedOn.Contains(name.EventId)) continue;
            // Without the time or the permission to compare it is passed on as it is, and not counted: what an order knows changes nothing there.
            var payment = (translation as Translation.Payment)?.Event;
            var isKnown = payment is not null && clock.GetElapsedTime(started) < LongestRun ? await known.IsKnownAsync(payment, cancellation) : null;
            if (isKnown is true) continue;

            await events.PassOnAsync(translation, cancellation);
            passedOn.Add(name.EventId);
            if (translation is Translation.Unreadable { Event.Reason: var reason }) LogUnreadable(progress.Provider, name.EventId, name.Type, reason);
            if (isKnown is null) continue;
            found++;
            LogFound(progress.Provider, name.EventId, name.Type, payment?.OrderId);
        }

        // Before the mark moves: should this process end in between, the next one finds the same.
        if (progress.IsOutOfReach(now)) await store.BeginCapturesAsync(progress.Provider, progress.AffectsOrdersSince, cancellation);
        return await store.ReplaceAsync(progress.After(period, page.Next, ours, found, passedOn, now), cancellation);
    }

    /// <summary>How long a webhook is given to come by itself, and to be applied.</summary>
    private TimeSpan Patience => ReconciliationPolicy.WebhookPatience(options.Value);

    private void Report(string provider, EventListProgress before, EventListProgress after, DateTimeOffset now)
    {
        var (found, lag) = (after.Found - before.Found, after.Lag(now));
        metrics.Lags(provider, lag);
        LogRead(provider, after.Events - before.Events, found, after.ReadTo, (long)lag.TotalSeconds);
        if (found > 0) LogLost(provider, found);
        if (lag > EventListProgress.LongestLag) LogLags(provider, (long)lag.TotalMinutes, after.ReadTo);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {Events} events read, {Found} of them not known; read to {ReadTo}, a lag of {LagSeconds} s")]
    private partial void LogRead(string provider, long events, long found, DateTimeOffset readTo, long lagSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} event {EventId} ({Type}) for order {OrderId} is not known to it; it is queued")]
    private partial void LogFound(string provider, string eventId, string type, string? orderId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider}: {Found} events never came as webhooks, or were not applied")]
    private partial void LogLost(string provider, long found);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} event {EventId} ({Type}) in its list cannot be read ({Reason}); it is on payment-events-poison")]
    private partial void LogUnreadable(string provider, string eventId, string type, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} refuses to list its events ({Code})")]
    private partial void LogRefused(Exception exception, string provider, string? code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} does not answer: its list of events is read by the next run")]
    private partial void LogUnavailable(Exception exception, string provider);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider}'s list of events is {LagMinutes} minutes behind: it is read to {ReadTo} only, and what was lost since then is not noticed")]
    private partial void LogLags(string provider, long lagMinutes, DateTimeOffset readTo);
}
