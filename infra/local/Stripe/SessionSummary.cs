namespace Shop.Local.Stripe;

/// <summary>A checkout session as people and tests look at it.</summary>
public sealed record SessionSummary(
    string Id, string Status, string PaymentStatus, long AmountTotal, string Currency, string? ClientReferenceId, string? PaymentIntentId,
    Uri? Url, DateTimeOffset ExpiresAt)
{
    /// <summary>What the shop calls its payment, for instance <c>Order F386-41GS-3BZH</c>.</summary>
    public string? Description { get; init; }

    internal static SessionSummary Of(CheckoutSession session, Uri address) => new(
        session.Id, session.Status, session.PaymentStatus, session.AmountTotal, session.Currency, session.ClientReferenceId,
        session.PaymentIntentId, session.Status == "open" ? new Uri(address, $"/c/pay/{session.Id}") : null,
        DateTimeOffset.FromUnixTimeSeconds(session.ExpiresAt))
    {
        Description = session.PaymentDescription,
    };
}
