namespace Shop.Functions.Orders.Notifications;

/// <summary>What a customer is told of an order by mail, in the order in which it usually happens.</summary>
public enum NotificationKind
{
    Received,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
    Refunded,

    /// <summary>The invoice or a credit note, where it came after the mail about its money.</summary>
    Invoiced,
}
