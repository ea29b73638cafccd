using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders;

/// <summary>The kinds of a journal's entries: a fixed word for each step, and for what the ledger learns a word made of the fact.</summary>
public static class JournalKinds
{
    public const string Placed = "placed";
    public const string PaymentStarted = "payment_started";
    public const string CheckoutExpired = "checkout_expired";
    public const string CaptureDeclined = "capture_declined";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";
    public const string RefundRequested = "refund_requested";
    public const string RefundWithdrawn = "refund_withdrawn";
    public const string ReviewResolved = "review_resolved";
    public const string Shipped = "shipped";
    public const string Delivered = "delivered";
    public const string DisputeReopened = "dispute_reopened";

    /// <returns>What the journal calls a fact that has come to this status, for instance <c>capture_completed</c>.</returns>
    public static string Of(FactKind kind, FactStatus status) => $"{kind}_{status}".ToLowerInvariant();
}
