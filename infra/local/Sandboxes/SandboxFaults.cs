namespace Shop.Local.Sandboxes;

/// <summary>What is to go wrong, in the order it was asked for. Safe to use from anywhere at any time.</summary>
public sealed class SandboxFaults
{
    /// <summary>Decided where money moves, not where a call comes in.</summary>
    private static readonly ApiFaultKind[] Verdicts = [ApiFaultKind.InstrumentDeclined, ApiFaultKind.CapturePending, ApiFaultKind.RefundPending];

    private readonly Lock _lock = new();
    private readonly List<ApiFault> _api = [];
    private readonly List<WebhookFault> _webhook = [];

    /// <param name="apiKinds">What this provider's API can do wrong.</param>
    /// <param name="webhookKinds">What this provider's webhooks can do wrong.</param>
    internal SandboxFaults(IReadOnlyList<ApiFaultKind> apiKinds, IReadOnlyList<WebhookFaultKind> webhookKinds) =>
        (ApiKinds, WebhookKinds) = (apiKinds, webhookKinds);

    /// <summary>What this provider's API can do wrong.</summary>
    public IReadOnlyList<ApiFaultKind> ApiKinds { get; }

    /// <summary>What this provider's webhooks can do wrong.</summary>
    public IReadOnlyList<WebhookFaultKind> WebhookKinds { get; }

    /// <summary>What is still to happen, with the times that are left.</summary>
    public IReadOnlyList<ApiFault> Api
    {
        get
        {
            lock (_lock)
                return [.. _api];
        }
    }

    /// <summary>What is still to happen, with the times that are left.</summary>
    public IReadOnlyList<WebhookFault> Webhook
    {
        get
        {
            lock (_lock)
                return [.. _webhook];
        }
    }

    /// <exception cref="ArgumentException">This provider has no such fault.</exception>
    public void Add(ApiFault fault)
    {
        if (!ApiKinds.Contains(fault.Kind))
            throw new ArgumentException($"This sandbox has no {fault.Kind}.", nameof(fault));
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        lock (_lock)
            _api.Add(fault);
    }

    /// <exception cref="ArgumentException">This provider has no such fault.</exception>
    public void Add(WebhookFault fault)
    {
        if (!WebhookKinds.Contains(fault.Kind))
            throw new ArgumentException($"This sandbox has no {fault.Kind}.", nameof(fault));
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Copies, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Every, 1);
        lock (_lock)
            _webhook.Add(fault);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _api.Clear();
            _webhook.Clear();
        }
    }

    /// <summary>The first fault that fits the call, used up by one.</summary>
    internal ApiFault? Take(string method, string path) => TakeApi(fault =>
        !Verdicts.Contains(fault.Kind)
        && (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
        && (fault.Path is null || IsUnder(path, fault.Path)));

    /// <summary>The first of the faults that are decided where money moves, used up by one.</summary>
    internal ApiFault? Take(ApiFaultKind verdict) => TakeApi(fault => fault.Kind == verdict);

    /// <summary>The first fault of that kind that fits the event, used up by one.</summary>
    internal WebhookFault? Take(WebhookFaultKind kind, string? eventType)
    {
        lock (_lock)
        {
            for (var index = 0; index < _webhook.Count; index++)
            {
                var fault = _webhook[index];
                if (fault.Kind != kind || (fault.EventType is not null && fault.EventType != eventType))
                    continue;
                if (fault.Passing > 0)
                {
                    _webhook[index] = fault with { Passing = fault.Passing - 1 };
                    continue;
                }

                Use(_webhook, index, fault.Times, fault with { Times = fault.Times - 1, Passing = fault.Every - 1 });
                return fault;
            }

            return null;
        }
    }

    private ApiFault? TakeApi(Predicate<ApiFault> fits)
    {
        lock (_lock)
        {
            var index = _api.FindIndex(fits);
            if (index < 0)
                return null;
            var taken = _api[index];
            Use(_api, index, taken.Times, taken with { Times = taken.Times - 1 });
            return taken;
        }
    }

    /// <summary>A <c>*</c> stands for one segment.</summary>
    private static bool IsUnder(string path, string beginning)
    {
        var wanted = beginning.Trim('/').Split('/');
        var segments = path.Trim('/').Split('/');
        return segments.Length >= wanted.Length && wanted.Zip(segments).All(pair => pair.First == "*" || pair.First == pair.Second);
    }

    private static void Use<T>(List<T> faults, int index, int times, T remaining)
    {
        if (times > 1)
            faults[index] = remaining;
        else
            faults.RemoveAt(index);
    }
}
