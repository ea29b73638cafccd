using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.Collections;
using Shop.Local.Telemetry.Otlp;

namespace Shop.Local.Telemetry;

/// <summary>A span as it was told, of the app or of this host.</summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="Id">16 hexadecimal digits.</param>
/// <param name="ParentId">Empty for the first span of a trace.</param>
/// <param name="Source">Who made it, for instance <c>Azure.Data.Tables.TableClient</c>.</param>
public sealed record ReceivedSpan(
    string TraceId, string Id, string ParentId, string Source, string Name, DateTimeOffset Start, TimeSpan Duration, bool IsError, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Everything that is said in it.</summary>
    public string Text => $"{Source} {Name} {string.Join(' ', Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}"))}";

    internal static ReceivedSpan Of(string source, Span span)
    {
        var start = TimeOf(span.StartTimeUnixNano);
        var attributes = Read(span.Attributes);
        if (span.Status?.Message is { Length: > 0 } message) attributes["status"] = message;
        foreach (var raised in span.Events) attributes[$"event {raised.Name}"] = string.Join(' ', Read(raised.Attributes).Select(attribute => $"{attribute.Key}={attribute.Value}"));
        return new(
            Convert.ToHexStringLower(span.TraceId.Span), Convert.ToHexStringLower(span.SpanId.Span), Convert.ToHexStringLower(span.ParentSpanId.Span),
            source, span.Name, start, TimeOf(span.EndTimeUnixNano) - start, span.Status?.Code == Status.Types.StatusCode.Error, attributes);
    }

    internal static ReceivedSpan Of(Activity activity) => new(
        activity.TraceId.ToHexString(), activity.SpanId.ToHexString(), activity.ParentSpanId == default ? "" : activity.ParentSpanId.ToHexString(),
        activity.Source.Name, activity.DisplayName, activity.StartTimeUtc, activity.Duration, activity.Status == ActivityStatusCode.Error,
        activity.TagObjects.ToDictionary(tag => tag.Key, tag => Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));

    internal static DateTimeOffset TimeOf(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));

    internal static SortedDictionary<string, string> Read(RepeatedField<KeyValue> attributes)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            read[attribute.Key] = attribute.Value?.ValueCase switch
            {
                AnyValue.ValueOneofCase.StringValue => attribute.Value.StringValue,
                AnyValue.ValueOneofCase.BoolValue => attribute.Value.BoolValue ? "true" : "false",
                AnyValue.ValueOneofCase.IntValue => attribute.Value.IntValue.ToString(CultureInfo.InvariantCulture),
                AnyValue.ValueOneofCase.DoubleValue => attribute.Value.DoubleValue.ToString(CultureInfo.InvariantCulture),
                _ => "",
            };
        }

        return read;
    }
}
