namespace Shop.Local.Sandboxes;

/// <summary>How an API call goes wrong.</summary>
public enum ApiFaultKind
{
    /// <summary>429 in the provider's words; nothing happened.</summary>
    RateLimited,

    /// <summary>500; nothing happened and nothing is remembered.</summary>
    ServerError,

    /// <summary>500 although it happened. Stripe's idempotency key answers 500 from then on; PayPal's answers with how it stands.</summary>
    ServerErrorAfterCommit,

    /// <summary>The connection breaks; nothing happened.</summary>
    ResetBeforeCommit,

    /// <summary>The connection breaks after it happened; the same idempotency key answers with the result.</summary>
    ResetAfterCommit,

    /// <summary>The answer is right and late.</summary>
    Slow,

    /// <summary>PayPal: the next capture is refused with <c>INSTRUMENT_DECLINED</c>.</summary>
    InstrumentDeclined,

    /// <summary>PayPal: the next capture is pending as an eCheck is, until it is settled or denied.</summary>
    CapturePending,

    /// <summary>PayPal: the next refund is pending as one to an eCheck is.</summary>
    RefundPending,
}

/// <summary>Makes the next API calls go wrong.</summary>
public sealed record ApiFault(ApiFaultKind Kind)
{
    /// <summary>Only this HTTP method; any when null.</summary>
    public string? Method { get; init; }

    /// <summary>Only paths that begin with this, for example <c>/v1/refunds</c> or <c>/v2/checkout/orders/*/capture</c>; any when null.</summary>
    public string? Path { get; init; }

    /// <summary>How many calls.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Value of Stripe's <c>Stripe-Should-Retry</c> header; left out when null.</summary>
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

    /// <summary>Stripe: rightly signed for a moment an hour ago.</summary>
    OldTimestamp,

    /// <summary>Stripe: a foreign <c>v1</c> signature before the right one, as while a secret is rotated.</summary>
    TwoSignatures,

    /// <summary>Stripe: rendered for another API version.</summary>
    OtherApiVersion,

    /// <summary>PayPal: rightly signed by somebody else, whose certificate is on their own host.</summary>
    ForeignCertificateHost,

    /// <summary>PayPal: the certificate's address is <c>http</c>, not <c>https</c>.</summary>
    HttpCertificateUrl,

    /// <summary>PayPal: signed by somebody else with a certificate of their own, under PayPal's name and address.</summary>
    ForeignCertificate,

    /// <summary>PayPal: rightly signed for another webhook.</summary>
    WrongWebhookId,
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
            var index = _webhook.FindIndex(fault => fault.Kind == kind && (fault.EventType is null || fault.EventType == eventType));
            if (index < 0)
                return null;
            var taken = _webhook[index];
            Use(_webhook, index, taken.Times, taken with { Times = taken.Times - 1 });
            return taken;
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
