namespace Shop.Functions.Orders.Settlements;

/// <summary>Where an order's payment stands.</summary>
public enum PaymentStatus
{
    Awaiting,
    Pending,
    Paid,
    PartlyRefunded,
    Refunded,
    Disputed,
    Failed,

    /// <summary>Nobody has paid, and nobody can any more: the order was cancelled or given up.</summary>
    Cancelled,
    NeedsReview,
}
