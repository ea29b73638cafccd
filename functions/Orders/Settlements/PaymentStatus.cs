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
    NeedsReview,
}
