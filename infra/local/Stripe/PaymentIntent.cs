using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

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
