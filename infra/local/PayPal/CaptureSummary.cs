namespace Shop.Local.PayPal;

/// <summary>A capture as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units.</summary>
public sealed record CaptureSummary(string Id, string OrderId, long Amount, string Currency, string Status, string? Reason);
