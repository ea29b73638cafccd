using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Notifications;

/// <summary>
/// Mails that the mail server has not taken while they were fresh: each becomes a dead letter, once, so that an operator sees it
/// and may have it sent all the same. What is kept is the order's id and the notification's key.
/// </summary>
public sealed partial class ExpiredNotifications(OrderStore orders, DeadLetterStore letters, TimeProvider clock, ILogger<ExpiredNotifications> logger)
{
    /// <summary>No storage call where there is none; five for each.</summary>
    public async Task SetAsideAsync(Order order, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var (_, key, _) in OrderNotification.Expired(order, now))
        {
            var message = new QueuedEmail(EmailTemplate.Order, order.Id, Notification: key).ToMessage();
            await letters.NoteFailureAsync(StorageNames.Emails, message, UndeliveredException.Why, Activity.Current?.TraceId.ToString(), cancellation);
            // A look that comes twice keeps it once. It is marked last: until then the next look sets it aside.
            await letters.KeepAsync(StorageNames.Emails, message, $"{order.Id}/{key}", now, cancellation);
            await orders.ChangeAsync(order.Id, current => OrderNotification.GiveUp(current, key, now), cancellation);
            LogGivenUp(order.Id, key, OrderNotification.Freshness.Days);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Order {OrderId}: the mail {Notification} could not be delivered in {Days} days; it is a dead letter, and is sent when that is sent back")]
    private partial void LogGivenUp(string orderId, string notification, int days);
}
