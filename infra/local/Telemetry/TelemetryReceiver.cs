using System.Collections.Concurrent;
using System.Diagnostics;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Local.Telemetry.Otlp;

namespace Shop.Local.Telemetry;

/// <summary>
/// Takes what the app tells of itself by OpenTelemetry's protocol (OTLP over HTTP, protobuf), and the host's own spans, which in Azure
/// go the same way. The last traces and the sums since the start are kept in memory and shown at <c>/telemetry</c>.
/// </summary>
public sealed class TelemetryReceiver : IAsyncDisposable
{
    /// <summary>Where the app sends to, below the API's address.</summary>
    public const string Path = "/telemetry";

    /// <summary>So many traces are kept, each with at most <see cref="MostSpans"/> spans.</summary>
    private const int MostTraces = 200;

    private const int MostSpans = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<ReceivedSpan>> _traces = [];
    private readonly Queue<string> _inOrder = new();
    private readonly ConcurrentDictionary<(string, string), ReceivedMetric> _metrics = new();
    private ActivityListener? _host;
    private long _spanBytes;
    private long _metricBytes;
    private int _metricRequests;

    /// <summary>How many bytes the app has sent about spans.</summary>
    public long SpanBytes => Interlocked.Read(ref _spanBytes);

    /// <summary>The same about numbers.</summary>
    public long MetricBytes => Interlocked.Read(ref _metricBytes);

    /// <summary>How often it has sent them, none included.</summary>
    public int MetricRequests => Volatile.Read(ref _metricRequests);

    /// <summary>By name, then by attributes.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics => [.. _metrics.Values.OrderBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => metric.Attributes, StringComparer.Ordinal)];

    /// <summary>The latest first.</summary>
    public IReadOnlyList<IReadOnlyList<ReceivedSpan>> Traces
    {
        get
        {
            lock (_lock) return [.. _inOrder.Reverse().Select(id => Sorted(_traces[id]))];
        }
    }

    /// <returns>Its spans by when they began; none when there is no such trace.</returns>
    public IReadOnlyList<ReceivedSpan> Trace(string traceId)
    {
        lock (_lock) return _traces.TryGetValue(traceId, out var spans) ? Sorted(spans) : [];
    }

    /// <summary>Hears the spans that this source makes.</summary>
    public void Listen(ActivitySource host)
    {
        _host = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, host),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // The app's own spans of messages say more, and in the trace that they belong to.
                if (activity.Kind == ActivityKind.Server) Add(ReceivedSpan.Of(activity));
            },
        };
        ActivitySource.AddActivityListener(_host);
    }

    public ValueTask DisposeAsync()
    {
        _host?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes what comes, and shows it.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost($"{Path}/v1/traces", (RequestDelegate)(http => TakeAsync(http, TakeSpans)));
        endpoints.MapPost($"{Path}/v1/metrics", (RequestDelegate)(http => TakeAsync(http, TakeMetrics)));
        endpoints.MapGet(Path, (RequestDelegate)(http => TelemetryPage.WriteAsync(http, this)));
        endpoints.MapGet($"{Path}/traces/{{id}}", (RequestDelegate)(http => TelemetryPage.WriteTraceAsync(http, Trace((string)http.Request.RouteValues["id"]!))));
    }

    private async Task TakeAsync(HttpContext http, Action<byte[]> take)
    {
        // A web page can post other types to this machine without being asked for its origin; this one it cannot.
        if (http.Request.ContentType != "application/x-protobuf")
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        try
        {
            take(body.ToArray());
        }
        catch (InvalidProtocolBufferException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // The protocol's answer to a whole success is an empty message.
        http.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpans(byte[] bytes)
    {
        foreach (var scope in ExportTraceServiceRequest.Parser.ParseFrom(bytes).ResourceSpans.SelectMany(resource => resource.ScopeSpans))
        {
            foreach (var span in scope.Spans) Add(ReceivedSpan.Of(scope.Scope?.Name ?? "", span));
        }

        Interlocked.Add(ref _spanBytes, bytes.Length);
    }

    private void TakeMetrics(byte[] bytes)
    {
        var told = ExportMetricsServiceRequest.Parser.ParseFrom(bytes).ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics).SelectMany(ReceivedMetric.Of);
        foreach (var (metric, isGauge) in told) _metrics.AddOrUpdate((metric.Name, metric.Attributes), metric, (_, before) => metric.After(before, isGauge));
        Interlocked.Add(ref _metricBytes, bytes.Length);
        Interlocked.Increment(ref _metricRequests);
    }

    private void Add(ReceivedSpan span)
    {
        lock (_lock)
        {
            if (!_traces.TryGetValue(span.TraceId, out var spans))
            {
                _traces[span.TraceId] = spans = [];
                _inOrder.Enqueue(span.TraceId);
                if (_inOrder.Count > MostTraces) _traces.Remove(_inOrder.Dequeue());
            }

            if (spans.Count < MostSpans) spans.Add(span);
        }
    }

    private static ReceivedSpan[] Sorted(List<ReceivedSpan> spans) => [.. spans.OrderBy(span => span.Start)];
}
