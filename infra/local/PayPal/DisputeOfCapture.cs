namespace Shop.Local.PayPal;

/// <summary>A dispute as people and tests look at it. <c>Amount</c> is in ISO 4217's minor units: what was asked for, or what the buyer got of it.</summary>
public sealed record DisputeOfCapture(string Id, string CaptureId, long Amount, string Currency, string Status, string Stage, string? Outcome, string Reason)
{
    internal static DisputeOfCapture Of(Dispute dispute) => new(
        dispute.Id, dispute.CaptureId, Amounts.ToMinor(dispute.Given > 0 ? dispute.Given : dispute.Amount, dispute.Currency), dispute.Currency,
        dispute.Status, dispute.Stage, dispute.Outcome, dispute.Reason);
}
