using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Stripe;

/// <summary>Timings of finished calls, each reported once with a later call; at most 100 wait.</summary>
internal sealed class RequestTelemetry
{
    private const string Header = "X-Stripe-Client-Telemetry";
    private const int Limit = 100;

    private readonly ConcurrentQueue<Dictionary<string, object>> waiting = new();

    public void AddTo(IDictionary<string, string> headers)
    {
        if (!headers.ContainsKey(Header) && waiting.TryDequeue(out var metrics))
        {
            headers[Header] = JsonSerializer.Serialize(new Dictionary<string, object> { ["last_request_metrics"] = metrics });
        }
    }

    public void Remember(HttpResponseHeaders headers, TimeSpan duration, IReadOnlyList<string> usage)
    {
        if (waiting.Count < Limit && headers.TryGetValues("Request-Id", out var ids))
        {
            waiting.Enqueue(new Dictionary<string, object>
            {
                ["request_id"] = ids.First(),
                ["request_duration_ms"] = (long)duration.TotalMilliseconds,
                ["usage"] = usage,
            });
        }
    }
}
