using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

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
