using System.Globalization;
using Shop.Local.Telemetry.Otlp;

namespace Shop.Local.Telemetry;

/// <summary>A number of the app's, for one set of attributes, since the shop was started.</summary>
/// <param name="Value">A sum, the last value of a gauge, or of a histogram what was measured together.</param>
/// <param name="Count">How many measurements a histogram has had; null for what is none.</param>
public sealed record ReceivedMetric(string Name, string Unit, string Description, string Attributes, double Value, long? Count, DateTimeOffset At)
{
    /// <summary>What the app tells is what has come since it told last.</summary>
    public ReceivedMetric After(ReceivedMetric before, bool isGauge) =>
        isGauge ? this : this with { Value = before.Value + Value, Count = Count is { } count ? (before.Count ?? 0) + count : null };

    /// <summary>For people: a mean where there is one.</summary>
    public string Written => Count is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{count} measured, {(count == 0 ? 0 : Value / count):0.###} {Unit} on average")
        : string.Create(CultureInfo.InvariantCulture, $"{Value:0.###} {Unit}");

    internal static IEnumerable<(ReceivedMetric Metric, bool IsGauge)> Of(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(point => (Of(metric, point), true)),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(point => (Of(metric, point), false)),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => (
            new ReceivedMetric(metric.Name, metric.Unit, metric.Description, Joined(ReceivedSpan.Read(point.Attributes)), point.Sum, (long)point.Count, ReceivedSpan.TimeOf(point.TimeUnixNano)), false)),
        _ => [],
    };

    private static ReceivedMetric Of(Metric metric, NumberPoint point) => new(
        metric.Name, metric.Unit, metric.Description, Joined(ReceivedSpan.Read(point.Attributes)),
        point.ValueCase == NumberPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble, null, ReceivedSpan.TimeOf(point.TimeUnixNano));

    private static string Joined(IEnumerable<KeyValuePair<string, string>> attributes) => string.Join(' ', attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"));
}
