namespace Shop.Local.PayPal;

/// <summary>What PayPal took back by itself, as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units.</summary>
public sealed record ReversalOfCapture(string Id, string CaptureId, long Amount, string Currency);
