namespace Shop.Local.Stripe;

/// <summary>A refund as people and tests look at it.</summary>
public sealed record RefundSummary(string Id, string PaymentIntentId, long Amount, string Currency, string Status);
