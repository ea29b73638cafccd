namespace Shop.Local.Stripe;

/// <summary>How an API call goes wrong.</summary>
public enum ApiFaultKind
{
    /// <summary>429 with code <c>rate_limit</c>; nothing happened.</summary>
    RateLimited,

    /// <summary>500; nothing happened and nothing is remembered.</summary>
    ServerError,

    /// <summary>500 although it happened; the idempotency key answers 500 from then on, as Stripe's does.</summary>
    ServerErrorAfterCommit,

    /// <summary>The connection breaks; nothing happened.</summary>
    ResetBeforeCommit,

    /// <summary>The connection breaks after it happened; the same idempotency key answers with the result.</summary>
    ResetAfterCommit,

    /// <summary>The answer is right and late.</summary>
    Slow,
}

/// <summary>Makes the next API calls go wrong.</summary>
public sealed record ApiFault(ApiFaultKind Kind)
{
    /// <summary>Only this HTTP method; any when null.</summary>
    public string? Method { get; init; }

    /// <summary>Only paths that begin with this, for example <c>/v1/refunds</c>; any when null.</summary>
    public string? Path { get; init; }

    /// <summary>How many calls.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Value of the <c>Stripe-Should-Retry</c> header; left out when null.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>How late <see cref="ApiFaultKind.Slow"/> is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>How the delivery of events goes wrong.</summary>
public enum WebhookFaultKind
{
    /// <summary>Several copies at the same moment.</summary>
    Duplicate,

    /// <summary>The events that are due together go out in another order.</summary>
    Shuffle,

    /// <summary>Kept back for a while.</summary>
    Delay,

    /// <summary>Never sent; the list of events has it.</summary>
    Drop,

    /// <summary>Signed with a secret nobody has.</summary>
    WrongSignature,

    /// <summary>Rightly signed for a moment an hour ago.</summary>
    OldTimestamp,

    /// <summary>A foreign <c>v1</c> signature before the right one, as while a secret is rotated.</summary>
    TwoSignatures,

    /// <summary>Rendered for another API version.</summary>
    OtherApiVersion,
}

/// <summary>Makes the next deliveries go wrong. Several may meet on one delivery.</summary>
public sealed record WebhookFault(WebhookFaultKind Kind)
{
    /// <summary>Only events of this type; any when null.</summary>
    public string? EventType { get; init; }

    /// <summary>How many events (drop, delay), batches (shuffle) or attempts (the others).</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many copies <see cref="WebhookFaultKind.Duplicate"/> sends.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>How long <see cref="WebhookFaultKind.Delay"/> keeps an event back.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What <see cref="WebhookFaultKind.OtherApiVersion"/> puts in.</summary>
    public string ApiVersion { get; init; } = "2025-11-17.clover";
}

/// <summary>What is to go wrong, in the order it was asked for. Safe to use from anywhere at any time.</summary>
public sealed class StripeFaults
{
    private readonly Lock _lock = new();
    private readonly List<ApiFault> _api = [];
    private readonly List<WebhookFault> _webhook = [];

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

    public void Add(ApiFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        lock (_lock)
            _api.Add(fault);
    }

    public void Add(WebhookFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Times, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Copies, 1);
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
    internal ApiFault? Take(string method, string path)
    {
        lock (_lock)
        {
            var index = _api.FindIndex(fault =>
                (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
                && (fault.Path is null || path.StartsWith(fault.Path, StringComparison.Ordinal)));
            if (index < 0)
                return null;
            var taken = _api[index];
            Use(_api, index, taken.Times, taken with { Times = taken.Times - 1 });
            return taken;
        }
    }

    /// <summary>The first fault of that kind that fits the event, used up by one.</summary>
    internal WebhookFault? Take(WebhookFaultKind kind, string? eventType)
    {
        lock (_lock)
        {
            var index = _webhook.FindIndex(fault => fault.Kind == kind && (fault.EventType is null || fault.EventType == eventType));
            if (index < 0)
                return null;
            var taken = _webhook[index];
            Use(_webhook, index, taken.Times, taken with { Times = taken.Times - 1 });
            return taken;
        }
    }

    private static void Use<T>(List<T> faults, int index, int times, T remaining)
    {
        if (times > 1)
            faults[index] = remaining;
        else
            faults.RemoveAt(index);
    }
}
