using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.Telemetry;

/// <summary>The pages about traces and numbers: a table of each, and a trace as a tree with its times.</summary>
internal static class TelemetryPage
{
    /// <summary>In seconds.</summary>
    private const int Refreshed = 5;

    private const int Listed = 50;

    /// <summary>What of a span is shown, and as what.</summary>
    private static readonly (string Attribute, string Label)[] Told =
    [
        ("http.response.status_code", ""), ("url.full", ""), ("shop.order.id", "order "), ("shop.event.type", "event "), ("shop.payment.status", "is "), ("shop.why", "because "), ("error.type", ""),
    ];

    public static Task WriteAsync(HttpContext http, TelemetryReceiver receiver)
    {
        http.Response.Headers["Refresh"] = Refreshed.ToString(CultureInfo.InvariantCulture);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p>What the app tells of itself, as it would tell Application Insights; {receiver.SpanBytes:N0} bytes of spans and {receiver.MetricBytes:N0} of numbers so far. This page asks again every {Refreshed} seconds.</p>");
        html.Append("<table><caption>Numbers</caption><tr><th>name<th>of<th>value<th>what it is</tr>");
        foreach (var metric in receiver.Metrics)
            html.Append($"<tr><td>{Encode(metric.Name)}<td>{Encode(metric.Attributes)}<td>{Encode(metric.Written)}<td>{Encode(metric.Description)}</tr>");
        html.Append("</table><table><caption>Traces</caption><tr><th>began<th>what<th>spans<th>took<th></tr>");
        foreach (var spans in receiver.Traces.Take(Listed))
        {
            var first = spans[0];
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{first.Start:HH:mm:ss.fff}<td><a href=\"{TelemetryReceiver.Path}/traces/{first.TraceId}\">{Encode(first.Name)}</a>")
                .Append(CultureInfo.InvariantCulture, $"<td>{spans.Count}<td>{Milliseconds(End(spans) - first.Start)}<td>{(spans.Any(span => span.IsError) ? "<span class=fault>errors</span>" : "")}</tr>");
        }

        return Page.WriteAsync(http, StatusCodes.Status200OK, Page.Document("Telemetry", html.Append("</table>").ToString()));
    }

    /// <param name="spans">By when they began.</param>
    public static Task WriteTraceAsync(HttpContext http, IReadOnlyList<ReceivedSpan> spans)
    {
        if (spans.Count == 0) return Page.WriteAsync(http, StatusCodes.Status404NotFound, Page.Document("Telemetry", "<p>There is no such trace, or not any more.</p>"));
        var (start, all) = (spans[0].Start, End(spans) - spans[0].Start);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{TelemetryReceiver.Path}\">All traces</a>. Trace {spans[0].TraceId}, {spans[0].Start:yyyy-MM-dd HH:mm:ss} UTC, {spans.Count} spans in {Milliseconds(all)}.</p>");
        html.Append("<table><tr><th>span<th>after<th>took<th style=\"width:20rem\"><th>of it</tr>");
        var known = spans.Select(span => span.Id).ToHashSet();
        var children = spans.ToLookup(span => known.Contains(span.ParentId) ? span.ParentId : "");
        foreach (var root in children[""]) Append(html, root, 0, children, start, all);
        return Page.WriteAsync(http, StatusCodes.Status200OK, Page.Document("One trace", html.Append("</table>").ToString()));
    }

    private static void Append(StringBuilder html, ReceivedSpan span, int depth, ILookup<string, ReceivedSpan> children, DateTimeOffset start, TimeSpan all)
    {
        var left = 100 * (span.Start - start) / all;
        var width = Math.Max(0.4, 100 * span.Duration / all);
        var told = Told.Where(one => span.Attributes.ContainsKey(one.Attribute)).Select(one => one.Label + PathOf(span.Attributes[one.Attribute]));
        html.Append(CultureInfo.InvariantCulture, $"<tr{(span.IsError ? " class=fault" : "")}><td style=\"padding-left:{depth * 1.1:0.#}rem;white-space:nowrap\">{Encode(span.Name)}<td style=\"white-space:nowrap\">{Milliseconds(span.Start - start)}<td style=\"white-space:nowrap\">{Milliseconds(span.Duration)}")
            .Append(CultureInfo.InvariantCulture, $"<td><div style=\"margin-left:{left:0.##}%;width:{width:0.##}%;height:.8rem;background:{ColourOf(span)}\"></div>")
            .Append($"<td>{Encode(string.Join(", ", told))}</tr>");
        foreach (var child in children[span.Id]) Append(html, child, depth + 1, children, start, all);
    }

    private static string ColourOf(ReceivedSpan span) => span.IsError ? "#a80000"
        : span.Source.StartsWith("Azure.", StringComparison.Ordinal) ? "#7a4ba8"
        : span.Source.StartsWith("System.Net", StringComparison.Ordinal) ? "#b36b00"
        : span.Source.StartsWith("Shop.Local", StringComparison.Ordinal) ? "#767676" : "#0b5cad";

    /// <summary>Of an address on this machine the path says enough.</summary>
    private static string PathOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsLoopback ? uri.AbsolutePath : text;

    private static DateTimeOffset End(IReadOnlyList<ReceivedSpan> spans) => spans.Max(span => span.Start + span.Duration);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
