namespace Shop.Local.Stripe;

/// <summary>
/// What one payment came to, for checks that the shop's books agree. Amounts are in minor units: <c>Charged</c> is what the buyer
/// paid (0 while delayed or after a failure), <c>Refunded</c> the refunds that succeeded, <c>RefundsPending</c> those under way,
/// <c>Withdrawn</c> what disputes took and did not bring back. The metadata is the payment intent's.
/// </summary>
public sealed record PaymentBook(
    string PaymentIntentId, string SessionId, string? ClientReferenceId, string Status, string Currency, long Charged, long Refunded,
    long RefundsPending, long Withdrawn, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>What the shop calls it, for instance <c>Order F386-41GS-3BZH</c>: people know no ids.</summary>
    public string? Description { get; init; }

    internal static PaymentBook Of(StripeState state, PaymentIntent intent)
    {
        long Sum(string status) => state.Refunds.Values
            .Where(refund => refund.PaymentIntentId == intent.Id && refund.Status == status)
            .Sum(refund => refund.Amount);
        var disputes = state.Disputes.Values.Where(dispute => dispute.PaymentIntentId == intent.Id && dispute.IsWithdrawn);
        return new PaymentBook(
            intent.Id, intent.SessionId, state.Sessions.Look(intent.SessionId).ClientReferenceId, intent.Status, intent.Currency,
            intent.Status == "succeeded" ? intent.Amount : 0, Sum("succeeded"), Sum("pending"),
            disputes.Sum(dispute => dispute.Amount), new Dictionary<string, string>(intent.Metadata))
        {
            Description = intent.Description,
        };
    }
}
