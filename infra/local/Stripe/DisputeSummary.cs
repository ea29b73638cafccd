namespace Shop.Local.Stripe;

/// <summary>A dispute as people and tests look at it.</summary>
public sealed record DisputeSummary(string Id, string PaymentIntentId, long Amount, string Currency, string Status, string Reason, string CaseType);
