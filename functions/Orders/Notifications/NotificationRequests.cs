using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Notifications;

/// <summary>
/// Asks for the mails that an order's customer is due, by the oldest: whoever sends that goes on with the others. Whoever writes
/// them takes each once, so asking again does no harm: the order stays scheduled until all are marked.
/// </summary>
public sealed class NotificationRequests(EmailQueue emails, TimeProvider clock)
{
    /// <summary>A storage call where there is one that nobody sees to.</summary>
    public async Task SendAsync(Order order, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (OrderNotification.Due(order, now).FirstOrDefault(notification => notification.MarkOf(order)?.IsTaken(now) != true) is { } notification)
            await emails.SendAsync(new(EmailTemplate.Order, order.Id, Notification: notification.Key), cancellation);
    }
}
