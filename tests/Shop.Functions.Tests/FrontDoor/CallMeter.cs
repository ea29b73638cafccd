using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>
/// Sits in a transport and counts calls; a plan makes one of them fail, before it is sent or after it has happened but
/// before the answer arrives. When it is one of the app's calls, the app is dead from then on: whatever else it tries in
/// the same run fails too, until <see cref="Restart"/>. The host is another process and goes on.
/// </summary>
public sealed class CallMeter
{
    private readonly ConcurrentQueue<MadeCall> _calls = new();
    private readonly ConcurrentQueue<SentRequest> _sent = new();
    private int _count;
    private int _run;
    private volatile bool _down;
    private volatile Gate? _gate;

    /// <summary>Since the last <see cref="Reset"/>, in order: method and path.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(call => call.Name)];

    /// <summary>Those of the calls that would change something, sent off since the last <see cref="Reset"/>.</summary>
    public IReadOnlyList<string> Writes => [.. _calls.Where(call => call.IsWrite).Select(call => call.Name)];

    /// <summary>
    /// Where in these calls a crash leaves something that no other crash leaves: after each call that would change something,
    /// and before the first call of each run of the app. A crash anywhere else in a run leaves what a crash after the write
    /// before it leaves, since nothing of the app outlives it. The host outlives its calls; it asks again when it has no answer.
    /// </summary>
    public IReadOnlyList<(int Call, FaultMoment Moment)> CrashPoints
    {
        get
        {
            var points = new List<(int, FaultMoment)>();
            MadeCall? before = null;
            foreach (var (index, call) in _calls.Index())
            {
                if (call.IsApp ? before is not { IsApp: true } || before.Run != call.Run : call.IsWrite) points.Add((index + 1, FaultMoment.Before));
                // One read leaves something, a message that was handed out. It is hidden until its time is up, by the
                // emulator's own clock: nothing to see, and twenty seconds to wait.
                if (call.IsWrite) points.Add((index + 1, FaultMoment.After));
                before = call;
            }

            return points;
        }
    }

    /// <summary>Whether <see cref="Sent"/> and <see cref="Bodies"/> are kept.</summary>
    public bool KeepsBodies { get; set; }

    /// <summary>What was sent with each call.</summary>
    public IReadOnlyList<(string Call, string Body)> Bodies => [.. _sent.Where(sent => sent.Body is not null).Select(sent => (sent.Call, sent.Body!))];

    /// <summary>The calls with all that went with them.</summary>
    public IReadOnlyList<SentRequest> Sent => [.. _sent];

    /// <summary>Which call fails (from 1), and how; null when none does.</summary>
    public (int Call, FaultMoment Moment)? Plan { get; set; }

    /// <summary>True when the plan has come true.</summary>
    public bool Failed { get; private set; }

    public void Reset()
    {
        _calls.Clear();
        _sent.Clear();
        _count = 0;
        Failed = false;
        Plan = null;
        _down = false;
        _gate = null;
    }

    /// <summary>The app runs again.</summary>
    public void Restart()
    {
        Interlocked.Increment(ref _run);
        _down = false;
    }

    /// <summary>Holds the next call that fits, until the gate is opened.</summary>
    public Gate Hold(Func<HttpRequestMessage, bool> fits) => _gate = new Gate(fits);

    /// <summary>A handler for one of the app's transports; all handlers count into this meter.</summary>
    public DelegatingHandler Handler() => new Metered(this, isApp: true);

    /// <summary>A handler for a transport of the function host.</summary>
    public DelegatingHandler HostHandler() => new Metered(this, isApp: false);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool isApp, Func<Task<HttpResponseMessage>> send)
    {
        if (isApp && _down) throw new CrashException();
        if (_gate is { } gate) await gate.PassAsync(request);
        var number = Interlocked.Increment(ref _count);
        _calls.Enqueue(new($"{request.Method} {request.RequestUri!.AbsolutePath}", isApp, _run));
        if (KeepsBodies) _sent.Enqueue(await SentRequest.OfAsync(request));
        if (Plan is not { } plan || plan.Call != number) return await send();

        Failed = true;
        _down = isApp;
        if (plan.Moment == FaultMoment.Before) throw new CrashException();
        (await send()).Dispose();
        throw new CrashException();
    }

    private sealed record MadeCall(string Name, bool IsApp, int Run)
    {
        public bool IsWrite => !Name.StartsWith("GET ", StringComparison.Ordinal);
    }

    private sealed class Metered(CallMeter meter, bool isApp) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            meter.SendAsync(request, isApp, () => base.SendAsync(request, cancellationToken));
    }
}

/// <summary>A request as it left.</summary>
/// <param name="Body">Null when there was none.</param>
public sealed partial record SentRequest(string Call, Uri Address, string Headers, string? Body)
{
    /// <summary>All of it as text, as it was sent and as whoever gets it reads it: as a form, and as JSON, whose writer may escape a plus sign.</summary>
    public string Text =>
        $"{Call} {Uri.UnescapeDataString(Address.ToString())}\n{Headers}\n{Body}\n{System.Net.WebUtility.UrlDecode(Body)}\n"
        + JsonEscape().Replace(Body ?? "", escape => $"{(char)int.Parse(escape.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}");

    public static async Task<SentRequest> OfAsync(HttpRequestMessage request) => new(
        $"{request.Method} {request.RequestUri!.AbsolutePath}", request.RequestUri, request.Headers.ToString(),
        request.Content is { } content ? await content.ReadAsStringAsync() : null);

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex JsonEscape();
}
