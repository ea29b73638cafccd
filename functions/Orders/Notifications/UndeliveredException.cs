namespace Shop.Functions.Orders.Notifications;

/// <summary>A mail that had been given up could not be delivered when somebody sent it back: its message is a dead letter again.</summary>
public sealed class UndeliveredException(string orderId, string notification) : Exception($"The mail {notification} of order {orderId} is not delivered.")
{
    /// <summary>As a dead letter gives the reason.</summary>
    public const string Why = nameof(UndeliveredException);
}
