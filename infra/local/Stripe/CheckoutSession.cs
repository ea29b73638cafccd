using System.Text.Json.Serialization;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

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
