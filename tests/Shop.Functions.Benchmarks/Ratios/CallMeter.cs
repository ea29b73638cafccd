using System.Text.RegularExpressions;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// Sits under the app's storage clients and, alike, under those of the floor. It records a call each to show that both
/// make the same ones; while figures are taken it only passes on.
/// </summary>
internal sealed partial class CallMeter
{
    private readonly List<StorageCall> _calls = [];
    private volatile bool _recording;

    public DelegatingHandler Handler() => new Metered(this);

    public void Start()
    {
        lock (_calls) _calls.Clear();
        _recording = true;
    }

    /// <returns>The calls since <see cref="Start"/>, in order.</returns>
    public IReadOnlyList<StorageCall> Stop()
    {
        _recording = false;
        lock (_calls) return [.. _calls];
    }

    private void Record(HttpRequestMessage request)
    {
        var path = Ids().Replace(request.RequestUri!.AbsolutePath, "");
        var call = new StorageCall($"{request.Method} {path}", request.Content?.Headers.ContentLength ?? 0);
        lock (_calls) _calls.Add(call);
    }

    /// <summary>The account in front, a table's keys, and a message's id.</summary>
    [GeneratedRegex(@"^/[^/]+/|\(.*\)|(?<=/messages)/.*")]
    private static partial Regex Ids();

    private sealed class Metered(CallMeter meter) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (meter._recording) meter.Record(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
