using System.Text.Json.Serialization;
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

internal sealed class CheckoutSession : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required long ExpiresAt { get; init; }

    public required string Currency { get; init; }

    public required List<LineItem> LineItems { get; init; }

    public required string SuccessUrl { get; set; }

    public string? CancelUrl { get; init; }

    public string? ClientReferenceId { get; init; }

    public string? CustomerEmail { get; init; }

    public string? Locale { get; init; }

    public string? SubmitType { get; init; }

    public required List<string> PaymentMethodTypes { get; init; }

    public Dictionary<string, string> Metadata { get; set; } = [];

    public Dictionary<string, string> PaymentIntentMetadata { get; init; } = [];

    public string? PaymentDescription { get; init; }

    public string? ReceiptEmail { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    /// <summary><c>open</c>, <c>complete</c> or <c>expired</c>.</summary>
    public string Status { get; set; } = "open";

    /// <summary><c>unpaid</c>, <c>paid</c> or <c>no_payment_required</c>.</summary>
    public string PaymentStatus { get; set; } = "unpaid";

    public string? PaymentIntentId { get; set; }

    public string? PayerEmail { get; set; }

    public string? PayerName { get; set; }

    /// <summary>What a discount took off (negative) or shipping put on, set up in the dashboard and not by the shop.</summary>
    public long Adjustment { get; set; }

    [JsonIgnore]
    public long AmountSubtotal => LineItems.Sum(line => line.Amount);

    [JsonIgnore]
    public long AmountTotal => AmountSubtotal + Adjustment;
}

internal sealed record LineItem(
    string Id, string PriceId, string ProductId, string Name, string? Description, long Quantity, decimal UnitAmount, long Amount,
    string TaxBehavior);

internal sealed class PaymentIntent : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string SessionId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public string? Description { get; init; }

    public string? ReceiptEmail { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    public string Status { get; set; } = "requires_payment_method";

    public string? LatestChargeId { get; set; }

    /// <summary>When a delayed payment settles, and how.</summary>
    public long? SettlesAt { get; set; }

    public bool WillFail { get; set; }
}

internal sealed class Charge : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string PaymentIntentId { get; init; }

    public required string PaymentMethodId { get; init; }

    /// <summary><c>card</c> or <c>bacs_debit</c>.</summary>
    public required string PaymentMethodType { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required Dictionary<string, string> Metadata { get; init; }

    public string? Description { get; init; }

    public string? PayerEmail { get; init; }

    public string? PayerName { get; init; }

    /// <summary><c>succeeded</c>, <c>pending</c> or <c>failed</c>.</summary>
    public required string Status { get; set; }

    public long AmountRefunded { get; set; }

    public bool Disputed { get; set; }

    public string? FailureCode { get; set; }

    public string? BalanceTransactionId { get; set; }
}

internal sealed class Refund : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string ChargeId { get; init; }

    public required string PaymentIntentId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public string? Reason { get; init; }

    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary><c>pending</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public string Status { get; set; } = "pending";

    public string? FailureReason { get; set; }

    public string? BalanceTransactionId { get; set; }

    public long? SettlesAt { get; set; }
}

internal sealed class Dispute : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string ChargeId { get; init; }

    public required string PaymentIntentId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reason { get; init; }

    public required long EvidenceDueBy { get; init; }

    /// <summary><c>inquiry</c>, <c>chargeback</c>, or what kept it from becoming one: <c>block</c>, <c>resolution</c>.</summary>
    public string CaseType { get; set; } = "chargeback";

    /// <summary><c>needs_response</c>, <c>won</c> or <c>lost</c>; of an inquiry <c>warning_needs_response</c> or <c>warning_closed</c>; <c>prevented</c>.</summary>
    public string Status { get; set; } = "needs_response";

    /// <summary>Whether its money is with the buyer's bank, now or for good.</summary>
    [JsonIgnore]
    public bool IsWithdrawn => BalanceTransactionIds.Count % 2 == 1;

    public List<string> BalanceTransactionIds { get; init; } = [];
}

/// <summary>What an idempotency key answers with from now on.</summary>
internal sealed record StoredAnswer(string Fingerprint, int Status, string Body, string RequestId, long At);
