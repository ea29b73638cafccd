using System.Collections.Concurrent;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>
/// Sits in a transport and counts calls; a plan makes one of them fail, before it is sent or after it has happened but
/// before the answer arrives.
/// </summary>
public sealed class CallMeter
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<(string Call, string Body)> _bodies = new();
    private int _count;

    /// <summary>Since the last <see cref="Reset"/>, in order: method and path.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Those of the calls that would change something, sent off since the last <see cref="Reset"/>.</summary>
    public IReadOnlyList<string> Writes => [.. _calls.Where(call => !call.StartsWith("GET ", StringComparison.Ordinal))];

    /// <summary>Whether <see cref="Bodies"/> are kept.</summary>
    public bool KeepsBodies { get; set; }

    /// <summary>What was sent with each call.</summary>
    public IReadOnlyList<(string Call, string Body)> Bodies => [.. _bodies];

    /// <summary>Which call fails (from 1), and how; null when none does.</summary>
    public (int Call, FaultMoment Moment)? Plan { get; set; }

    /// <summary>True when the plan has come true.</summary>
    public bool Failed { get; private set; }

    public void Reset()
    {
        _calls.Clear();
        _bodies.Clear();
        _count = 0;
        Failed = false;
        Plan = null;
    }

    /// <summary>A handler for another transport; all of them count into this meter.</summary>
    public DelegatingHandler Handler() => new Metered(this);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> send)
    {
        var number = Interlocked.Increment(ref _count);
        _calls.Enqueue($"{request.Method} {request.RequestUri!.AbsolutePath}");
        if (KeepsBodies && request.Content is { } content) _bodies.Enqueue(($"{request.Method} {request.RequestUri.AbsolutePath}", await content.ReadAsStringAsync()));
        if (Plan is not { } plan || plan.Call != number) return await send();

        Failed = true;
        if (plan.Moment == FaultMoment.Before) throw new CrashException();
        (await send()).Dispose();
        throw new CrashException();
    }

    private sealed class Metered(CallMeter meter) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            meter.SendAsync(request, () => base.SendAsync(request, cancellationToken));
    }
}

public enum FaultMoment
{
    Before,
    After,
}

/// <summary>The process ends here, as far as this call is concerned: nothing in the app knows this type, so nothing retries it.</summary>
public sealed class CrashException() : Exception("The process ended in the middle of a call.");
