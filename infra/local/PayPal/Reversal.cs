namespace Shop.Local.PayPal;

/// <summary>Money of a capture that PayPal took back without being asked to.</summary>
internal sealed record Reversal(string Id, string CaptureId, decimal Amount, long Created);
