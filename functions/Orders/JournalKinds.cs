namespace Shop.Functions.Orders;

/// <summary>What the journal says besides the ledger's own news (<c>capture_completed</c>, <c>refund_pending</c> …).</summary>
public static class JournalKinds
{
    public const string Placed = "placed";
    public const string PaymentStarted = "payment_started";
    public const string CheckoutExpired = "checkout_expired";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";
    public const string RefundRequested = "refund_requested";
    public const string ReviewResolved = "review_resolved";
    public const string Shipped = "shipped";
    public const string Delivered = "delivered";
    public const string DisputeReopened = "dispute_reopened";
}
