using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Shop.Functions.Platform.Telemetry;

/// <summary>
/// What the shop counts and measures, by OpenTelemetry's conventions: dotted names, seconds, and attributes whose values are a
/// handful of words. No id, name, address or amount of one person is ever an attribute. Where nobody listens it costs nothing.
/// </summary>
public sealed class ShopMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Shop.Functions";

    /// <summary>What a delivery is counted as that was genuine and could not be stored: the provider delivers again.</summary>
    public const string NotStored = "not_stored";

    private const string Provider = "shop.provider";

    private readonly Histogram<double> _paymentLatency;
    private readonly Counter<long> _webhooks;
    private readonly Gauge<double> _reconciliationLag;
    private readonly Gauge<long> _owedAmount;
    private readonly Gauge<double> _owedAge;
    private readonly Gauge<long> _deadLetters;
    private readonly Counter<long> _purged;

    /// <summary>The currencies that were told: what is owed no more is told as nothing.</summary>
    private readonly ConcurrentDictionary<string, bool> _currencies = new();

    public ShopMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _paymentLatency = meter.CreateHistogram(
            "shop.payment.latency", "s", "From the provider's time of a capture to the order that is paid by it.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400] });
        _webhooks = meter.CreateCounter<long>("shop.webhook.deliveries", "{delivery}", "Deliveries of webhooks, by provider and what became of them.");
        _reconciliationLag = meter.CreateGauge<double>("shop.reconciliation.lag", "s", "How far behind the provider's own list of events the shop has read.");
        _owedAmount = meter.CreateGauge<long>("shop.owed.amount", "{minor_unit}", "Money that should have gone back: more than an hour ago, or at a provider that does not let the shop send it.");
        _owedAge = meter.CreateGauge<double>("shop.owed.age", "s", "Since when the longest owed of it is owed; 0 when nothing is.");
        _deadLetters = meter.CreateGauge<long>("shop.dead_letters", "{message}", "Messages that wait for a person, by queue.");
        _purged = meter.CreateCounter<long>("shop.purge.actions", "{action}", "What purges did, by rule and action.");
    }

    /// <summary>Whether anybody wants to know about owed money: finding out costs storage calls.</summary>
    public bool WantsOwed => _owedAge.Enabled;

    /// <summary>Whether anybody wants to know about dead letters.</summary>
    public bool WantsDeadLetters => _deadLetters.Enabled;

    /// <param name="latency">Clocks differ: less than nothing counts as nothing.</param>
    public void Paid(string provider, TimeSpan latency) => _paymentLatency.Record(Math.Max(0, latency.TotalSeconds), new KeyValuePair<string, object?>(Provider, provider));

    /// <param name="outcome">One of a few words, for instance <c>queued</c>.</param>
    public void Delivered(string provider, string outcome) => _webhooks.Add(1, new(Provider, provider), new("shop.outcome", outcome));

    public void Lags(string provider, TimeSpan lag) => _reconciliationLag.Record(lag.TotalSeconds, new KeyValuePair<string, object?>(Provider, provider));

    /// <param name="amounts">Minor units by currency.</param>
    /// <param name="oldest">For how long the longest owed is owed.</param>
    public void Owes(IReadOnlyDictionary<string, long> amounts, TimeSpan oldest)
    {
        foreach (var currency in amounts.Keys) _currencies[currency] = true;
        foreach (var currency in _currencies.Keys) _owedAmount.Record(amounts.GetValueOrDefault(currency), new KeyValuePair<string, object?>("shop.currency", currency));
        _owedAge.Record(oldest.TotalSeconds);
    }

    public void WaitsForPerson(string queue, int deadLetters) => _deadLetters.Record(deadLetters, new KeyValuePair<string, object?>("messaging.destination.name", queue));

    public void Purged(string rule, string action, int count)
    {
        if (count > 0) _purged.Add(count, new TagList { { "shop.rule", rule }, { "shop.action", action } });
    }
}
