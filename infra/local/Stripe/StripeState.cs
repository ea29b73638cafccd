using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>Everything the sandbox knows, in the order it came to be. Times are Unix seconds, amounts minor units.</summary>
internal sealed class StripeState : SandboxState
{
    public Book<CheckoutSession> Sessions { get; init; } = [];

    public Book<PaymentIntent> PaymentIntents { get; init; } = [];

    public Book<Charge> Charges { get; init; } = [];

    public Book<Refund> Refunds { get; init; } = [];

    public Book<Dispute> Disputes { get; init; } = [];

    /// <summary>Answers by hash of API key and idempotency key.</summary>
    public Book<StoredAnswer> Answers { get; init; } = [];
}

/// <summary>What an idempotency key answers with from now on.</summary>
internal sealed record StoredAnswer(string Fingerprint, int Status, string Body, string RequestId, long At);
