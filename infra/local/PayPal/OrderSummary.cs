namespace Shop.Local.PayPal;

/// <summary>An order as people and tests look at it. <c>Total</c> is in ISO 4217's minor units; <c>ApprovalPage</c> is null once there is nothing to approve.</summary>
public sealed record OrderSummary(
    string Id, string Status, string? CustomId, string? InvoiceId, long Total, string Currency, string? CaptureId, Uri? ApprovalPage);
