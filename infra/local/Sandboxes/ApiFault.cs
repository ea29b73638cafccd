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

    /// <summary>Refused with <see cref="ApiFault.Code"/> in the provider's words; nothing happened.</summary>
    Refused,

    /// <summary>401 although the key or token is valid: it has been revoked.</summary>
    Unauthorized,

    /// <summary>403: the key is restricted, or the app lacks the permission.</summary>
    Forbidden,

    /// <summary>PayPal: the next capture is refused with <c>INSTRUMENT_DECLINED</c>, or with <see cref="ApiFault.Code"/>; the buyer can approve again.</summary>
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

    /// <summary>The provider's code for the refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Value of Stripe's <c>Stripe-Should-Retry</c> header; left out when null.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>How late <see cref="ApiFaultKind.Slow"/> is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);
}
