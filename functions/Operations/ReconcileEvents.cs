using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// Timer: reads what each provider has told since the last run from the provider's own list of events, and queues whatever
/// its order does not know, as the webhook would have. Webhooks may be lost, before a payment and after it; this is what
/// finds a refund or a dispute then. An event that has come costs one read. Progress is stored after each page, so a run
/// that is cut off or has read its share is gone on with by the next one. A provider that fails does not hold up the other.
/// </summary>
public sealed partial class ReconcileEvents(
    PaymentProviders providers, PaymentEvents events, OrderStore orders, EventListStore lists, TimeProvider clock, ILogger<ReconcileEvents> logger)
{
    /// <summary>Of a hundred events each, of one provider in one run.</summary>
    public const int MostPages = 20;

    /// <summary>No page is begun later than this after a provider's first one: host.json ends a run after five minutes.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(80);

    [Function(nameof(ReconcileEvents))]
    public async Task Run([TimerTrigger("%ReconcileEventsSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        foreach (var provider in Providers.All)
        {
            try
            {
                await ReadAsync(provider, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task ReadAsync(string provider, CancellationToken cancellation)
    {
        var (now, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        // Written before anybody is asked: a provider that never answers must lag as well.
        var before = await lists.FindAsync(provider, cancellation) ?? await lists.AddAsync(EventListProgress.Begin(provider, now), cancellation);
        var progress = before;
        try
        {
            for (var page = 0; page == 0 || (progress.IsBehind(now) && page < MostPages && clock.GetElapsedTime(started) < LongestRun); page++)
                progress = await ReadPageAsync(progress, now, cancellation);
        }
        catch (ProviderAccessException exception)
        {
            LogNotLetIn(exception, provider);
        }
        catch (PaymentRefusedException exception)
        {
            LogRefused(exception, provider, exception.Code);
        }
        catch (UnavailableException exception)
        {
            LogUnavailable(exception, provider);
        }
        finally
        {
            var lag = progress.Lag(now);
            LogRead(provider, progress.Events - before.Events, progress.Found - before.Found, progress.ReadTo, (long)lag.TotalSeconds);
            if (lag > EventListProgress.LongestLag) LogLags(provider, (long)lag.TotalSeconds, progress.ReadTo);
        }
    }

    private async Task<EventListProgress> ReadPageAsync(EventListProgress progress, DateTimeOffset now, CancellationToken cancellation)
    {
        var period = progress.NextPeriod(now);
        EventPage page;
        try
        {
            page = await providers[progress.Provider].FetchEventsAsync(period.From, period.To, period.Place, cancellation);
        }
        catch (PaymentRefusedException) when (period.Place is not null)
        {
            // The provider does not know the place any more: the period is read again from its beginning.
            return await lists.ReplaceAsync(progress with { Underway = null }, cancellation);
        }

        var passedOn = new List<string>();
        var (ours, found) = (0, 0);
        var known = new Dictionary<string, Order?>();
        foreach (var translation in page.Events)
        {
            if (translation is Translation.Ignored) continue;
            ours++;
            var (id, type) = NameOf(translation);
            if (progress.PassedOn.Contains(id) || (translation is Translation.Payment { Event: var payment } && await IsKnownAsync(payment, known, cancellation))) continue;

            await events.PassOnAsync(translation, cancellation);
            passedOn.Add(id);
            if (translation is Translation.Unreadable { Event.Reason: var reason })
            {
                LogUnreadable(progress.Provider, id, type, reason);
                continue;
            }

            found++;
            LogFound(progress.Provider, id, type, ((Translation.Payment)translation).Event.OrderId);
        }

        return await lists.ReplaceAsync(progress.After(period, page.Next, ours, found, passedOn, now), cancellation);
    }

    /// <summary>Whether the order has all of it, or it is not for any order of ours.</summary>
    private async Task<bool> IsKnownAsync(PaymentEvent payment, Dictionary<string, Order?> known, CancellationToken cancellation)
    {
        try
        {
            // Whatever else is an order to somebody on the same account: it is no key of ours.
            if (await providers.OrderIdOfAsync(payment, cancellation) is not { } orderId || !OrderIds.IsId(orderId)) return true;
            if (!known.TryGetValue(orderId, out var order)) known[orderId] = order = await orders.FindAsync(orderId, cancellation);
            return order is not null && ReferenceEquals(payment.ApplyTo(order), order);
        }
        catch (Exception exception) when (exception is PaymentRefusedException or OrderLimitException)
        {
            // Whoever applies it deals with that.
            return false;
        }
    }

    private static (string Id, string Type) NameOf(Translation translation) => translation switch
    {
        Translation.Payment { Event: var payment } => (payment.EventId, payment.Type),
        Translation.Unreadable { Event: var unreadable } => (unreadable.EventId, unreadable.Type),
        _ => ("", ""),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {Events} events read, {Found} of them not heard of before; read to {ReadTo}, a lag of {LagSeconds} s")]
    private partial void LogRead(string provider, long events, long found, DateTimeOffset readTo, long lagSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} event {EventId} ({Type}) for order {OrderId} never came as a webhook; it is queued")]
    private partial void LogFound(string provider, string eventId, string type, string? orderId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} event {EventId} ({Type}) in its list cannot be read ({Reason}); it is on payment-events-poison")]
    private partial void LogUnreadable(string provider, string eventId, string type, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} does not let this shop read its list of events: look at the key and its permissions")]
    private partial void LogNotLetIn(Exception exception, string provider);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider} refuses to list its events ({Code})")]
    private partial void LogRefused(Exception exception, string provider, string? code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} does not answer: its list of events is read by the next run")]
    private partial void LogUnavailable(Exception exception, string provider);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Provider}'s list of events lags {LagSeconds} s behind: it is read to {ReadTo} only, and a lost webhook since then is not noticed")]
    private partial void LogLags(string provider, long lagSeconds, DateTimeOffset readTo);
}
