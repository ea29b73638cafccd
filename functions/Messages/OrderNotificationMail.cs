using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Exports;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tracking;

namespace Shop.Functions.Messages;

/// <summary>
/// Mails a customer how an order of theirs stands, and marks on the order that the server has it. Whoever sends claims the
/// notification first, so that of two messages about it one sends. What the server does not take now is asked for again by
/// the schedule, after minutes and later hours: five tries within half a minute would help against no outage and no greylist.
/// </summary>
[Discloses("The mail server's operator", "to tell customers how their orders stand", DataClass.Contact, DataClass.Identity, DataClass.OrderFiscal, DataClass.Delivery)]
public sealed partial class OrderNotificationMail(
    OrderStore orders,
    AccountStore accounts,
    SmtpMail smtp,
    SignedLinks links,
    IOptions<ControllerOptions> controller,
    IOptions<RetentionPeriods> periods,
    TimeProvider clock,
    ILogger<OrderNotificationMail> logger)
{
    /// <summary>With waits of 5, 10 and 20 minutes between them: no longer a moment's trouble.</summary>
    private const int ManyTries = 4;

    /// <param name="key">Of the notification.</param>
    public async Task SendAsync(string orderId, string key, CancellationToken cancellation)
    {
        var claimed = default(OrderNotification);
        var order = await orders.ChangeAsync(
            orderId,
            current =>
            {
                (var next, claimed) = OrderNotification.Claim(current, key, clock.GetUtcNow());
                return next;
            },
            cancellation);
        if (order is null || claimed is null) return;

        // The address is the account's of this moment; an account that is gone has none, and its order is restricted by whoever erases it.
        if (await accounts.FindAsync(order.AccountId, cancellation) is not { } account) return;
        var mark = claimed.MarkOf(order)!;
        await MarkAsync(order.Id, mark with { State = await HandOverAsync(order, claimed, mark.Tries, account, cancellation) }, cancellation);
    }

    private async Task<NotificationState> HandOverAsync(Order order, OrderNotification notification, int tries, AccountEntity account, CancellationToken cancellation)
    {
        try
        {
            await smtp.SendAsync(
                OrderMail.Of(order, notification, account, TrackingLink.To(order, links), controller.Value, new ShopTime(periods.Value.Zone())), cancellation);
            LogSent(order.Id, notification.Key);
            return NotificationState.Sent;
        }
        catch (MailRefusedException refused)
        {
            LogRefused(order.Id, notification.Key, refused.Reply);
            return NotificationState.Refused;
        }
        catch (UnavailableException unavailable)
        {
            if (tries < ManyTries) LogDeferred(unavailable, order.Id, notification.Key);
            else LogUndelivered(unavailable, order.Id, notification.Key, tries);
            return NotificationState.Deferred;
        }
    }

    private Task MarkAsync(string orderId, NotificationMark mark, CancellationToken cancellation) =>
        orders.ChangeAsync(orderId, current => current.With(mark with { At = clock.GetUtcNow() }), cancellation);

    [LoggerMessage(Level = LogLevel.Information, Message = "Order {OrderId}: the mail {Notification} is sent")]
    private partial void LogSent(string orderId, string notification);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the customer's mailbox refuses the mail {Notification} for good ({Reply}); it is not sent again")]
    private partial void LogRefused(string orderId, string notification, MailReply reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId}: the mail {Notification} is put off, for the mail server does not take it")]
    private partial void LogDeferred(Exception exception, string orderId, string notification);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the mail {Notification} could not be delivered in {Tries} tries, and is tried again")]
    private partial void LogUndelivered(Exception exception, string orderId, string notification, int tries);
}
