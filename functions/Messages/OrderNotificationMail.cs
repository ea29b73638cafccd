using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Tracking;

namespace Shop.Functions.Messages;

/// <summary>
/// Mails a customer how an order of theirs stands, and marks on the order that the server has it. Whoever sends claims the
/// notification first, so that of two messages about it one sends, and those of an order go one after another. What the server does
/// not take now is asked for again by the schedule, after minutes and later hours: five tries within half a minute would help against no outage and no greylist.
/// </summary>
[Discloses("The mail server's operator", "to tell customers how their orders stand", DataClass.Contact, DataClass.Identity, DataClass.OrderFiscal, DataClass.Delivery)]
public sealed partial class OrderNotificationMail(
    OrderStore orders,
    AccountStore accounts,
    SmtpMail smtp,
    SignedLinks links,
    IOptions<ControllerOptions> controller,
    ICustomerDesk desk,
    IOptions<RetentionPeriods> periods,
    TimeProvider clock,
    ILogger<OrderNotificationMail> logger)
{
    /// <summary>With waits of 5, 10 and 20 minutes between them: no longer a moment's trouble.</summary>
    private const int ManyTries = 4;

    /// <summary>What the server has taken is sent again when nobody can say so.</summary>
    private const int TriesToMark = 3;

    /// <summary>Others may have left because of what is being sent: so whoever has sent one goes on with what is due then, the oldest first.</summary>
    /// <param name="key">Of the notification.</param>
    /// <exception cref="UndeliveredException">It was given up, and could not be delivered now either.</exception>
    public async Task SendAsync(string orderId, string key, CancellationToken cancellation)
    {
        var tried = new HashSet<string>();
        for (string? next = key; next is not null;)
        {
            var claimed = default(OrderNotification);
            var order = await orders.ChangeAsync(
                orderId,
                current =>
                {
                    (var changed, claimed) = OrderNotification.Claim(current, next, clock.GetUtcNow());
                    return changed;
                },
                cancellation);
            if (order is null || claimed is null) return;

            tried.Add(claimed.Key);
            var mark = claimed.MarkOf(order)!;
            var (state, isAway) = await HandOverAsync(order, claimed, mark.Tries, cancellation);
            // Of one whose time is up no look asks again: its message has to say that it failed.
            if (state == NotificationState.Deferred && !claimed.IsFresh(clock.GetUtcNow())) state = NotificationState.GivenUp;
            var marked = await MarkAsync(order.Id, mark with { State = state, Document = claimed.Document?.Number ?? "" });
            if (state == NotificationState.GivenUp) throw new UndeliveredException(order.Id, claimed.Key);
            if (isAway || marked is null) return;
            next = tried.Contains(key) ? NextOf(marked, tried) : key;
        }
    }

    /// <returns>The oldest that is due; null when none is. The mail about money names its document: a look issues that first, and asks then.</returns>
    private string? NextOf(Order order, HashSet<string> tried) =>
        DueDocuments.AnyOf(order) ? null : OrderNotification.Due(order, clock.GetUtcNow()).FirstOrDefault(due => !tried.Contains(due.Key))?.Key;

    /// <returns>What becomes of it, and whether nobody takes any mail now.</returns>
    private async Task<(NotificationState State, bool IsAway)> HandOverAsync(Order order, OrderNotification notification, int tries, CancellationToken cancellation)
    {
        try
        {
            // The address is the account's of this moment; an account that is gone has none, and its order is restricted by whoever erases it.
            if (await accounts.FindAsync(order.AccountId, cancellation) is not { } account) return (NotificationState.Deferred, IsAway: true);
            var mail = OrderMail.Of(order, notification, account, TrackingLink.To(order, links), controller.Value, desk.Address, new ShopTime(periods.Value.Zone()));
            await smtp.SendAsync(mail, cancellation);
            LogSent(order.Id, notification.Key);
            return (NotificationState.Sent, IsAway: false);
        }
        catch (MailRefusedException refused)
        {
            LogRefused(order.Id, notification.Key, refused.Reply);
            return (NotificationState.Refused, IsAway: false);
        }
        catch (UnavailableException unavailable)
        {
            if (tries < ManyTries) LogDeferred(unavailable, order.Id, notification.Key);
            else LogUndelivered(unavailable, order.Id, notification.Key, tries);
            return (NotificationState.Deferred, IsAway: true);
        }
        catch (Exception failed)
        {
            // An address that no mail can go to, a template, storage, a host that shuts down: whatever it is, the claim is given back
            // and the schedule asks again. Its words may have the address in them.
            LogFailed(order.Id, notification.Key, failed.GetType().Name);
            return (NotificationState.Deferred, cancellation.IsCancellationRequested);
        }
    }

    /// <summary>Also while the host shuts down: the server has answered, and somebody must know.</summary>
    /// <returns>The order then; null when it is gone.</returns>
    private async Task<Order?> MarkAsync(string orderId, NotificationMark mark)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await orders.ChangeAsync(orderId, current => current.With(mark with { At = clock.GetUtcNow() }), CancellationToken.None);
            }
            catch (Exception failed) when (tries < TriesToMark)
            {
                LogUnmarked(failed, orderId, mark.Notification, mark.State);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Order {OrderId}: the mail {Notification} is sent")]
    private partial void LogSent(string orderId, string notification);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the customer's mailbox refuses the mail {Notification} for good ({Reply}); it is not sent again")]
    private partial void LogRefused(string orderId, string notification, MailReply reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId}: the mail {Notification} is put off, for the mail server does not take it")]
    private partial void LogDeferred(Exception exception, string orderId, string notification);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the mail {Notification} failed unexpectedly ({Failure}), and is tried again")]
    private partial void LogFailed(string orderId, string notification, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {OrderId}: that the mail {Notification} is {State} cannot be noted now")]
    private partial void LogUnmarked(Exception exception, string orderId, string notification, NotificationState state);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {OrderId}: the mail {Notification} could not be delivered in {Tries} tries, and is tried again")]
    private partial void LogUndelivered(Exception exception, string orderId, string notification, int tries);
}
