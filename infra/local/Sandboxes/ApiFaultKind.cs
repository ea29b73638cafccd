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
