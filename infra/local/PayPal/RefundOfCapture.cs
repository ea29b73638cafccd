namespace Shop.Local.PayPal;

/// <summary>A refund as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units.</summary>
public sealed record RefundOfCapture(string Id, string CaptureId, long Amount, string Currency, string Status);
