using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Functions.Platform.Telemetry;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>Every measurement of one running shop.</summary>
internal sealed class NumberBook : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, string Attributes)> _measured = new();
    private readonly MeterListener _listener = new();

    public NumberBook(RunningShop shop)
    {
        var factory = shop.Host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ShopMetrics.Name && instrument.Meter.Scope == factory) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<(string Name, double Value, string Attributes)> Measured => [.. _measured];

    /// <returns>What was measured under a name, with these attributes.</returns>
    public IReadOnlyList<double> Of(string name, string attributes = "") =>
        [.. _measured.Where(one => one.Name == name && one.Attributes == attributes).Select(one => one.Value)];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}
