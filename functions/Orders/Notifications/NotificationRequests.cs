using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Notifications;

/// <summary>
/// Asks for the mails that an order's customer is due. Whoever writes them takes each once, so asking again does no harm:
/// the order stays scheduled until all are marked.
/// </summary>
public sealed class NotificationRequests(EmailQueue emails, TimeProvider clock)
{
    /// <summary>A storage call for each that nobody sees to.</summary>
    public async Task SendAsync(Order order, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var notification in OrderNotification.Due(order, now).Where(notification => notification.MarkOf(order)?.IsTaken(now) != true))
            await emails.SendAsync(new(EmailTemplate.Order, order.Id, Notification: notification.Key), cancellation);
    }
}
