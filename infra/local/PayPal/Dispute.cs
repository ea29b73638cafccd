using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

internal sealed class Dispute : IListed
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public long Updated { get; set; }

    public required string CaptureId { get; init; }

    public required string Currency { get; init; }

    public required decimal Amount { get; init; }

    public required string Reason { get; init; }

    /// <summary><c>WAITING_FOR_SELLER_RESPONSE</c>, <c>UNDER_REVIEW</c> or <c>RESOLVED</c>.</summary>
    public required string Status { get; set; }

    /// <summary><c>INQUIRY</c>, while buyer and shop talk, or <c>CHARGEBACK</c>, when PayPal is to decide.</summary>
    public string Stage { get; set; } = "CHARGEBACK";

    /// <summary><c>RESOLVED_SELLER_FAVOUR</c>, <c>RESOLVED_BUYER_FAVOUR</c> or, of an inquiry, <c>CANCELED_BY_BUYER</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>What the buyer got of it, whoever sent it.</summary>
    public decimal Given { get; set; }

    /// <summary>What PayPal took for it from the shop, beside refunds and reversals.</summary>
    public decimal Taken { get; set; }
}
