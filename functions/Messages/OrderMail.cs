using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Messages;

/// <summary>What a customer is told of an order, from the order as it is now. Where the goods go is not said: mail travels further than the order. Pure.</summary>
public static class OrderMail
{
    private const string Reason = "You get this mail because of an order that you have placed with us. It belongs to the contract and is no advertising.";

    /// <param name="link">By which the order can be followed without signing in.</param>
    /// <param name="desk">Who is answered.</param>
    public static Email Of(Order order, OrderNotification notification, AccountEntity account, Uri link, ControllerOptions shop, string desk, ShopTime time)
    {
        var model = ModelOf(order, notification, SubjectOf(order, notification), shop, time) with { Contact = desk, Name = account.Name, Link = link.AbsoluteUri };
        var (text, html) = MailTemplates.Write(notification.Kind.ToString().ToLowerInvariant(), model);
        return new($"order-{order.Id}-{notification.Key}", account.Email, model.Subject, text) { Html = html, ReplyTo = (shop.Name, desk) };
    }

    private static string SubjectOf(Order order, OrderNotification notification) => notification.Kind switch
    {
        NotificationKind.Received => $"We have your order {order.Number}",
        NotificationKind.Paid => $"We have received your payment for order {order.Number}",
        NotificationKind.Shipped => $"A parcel of order {order.Number} is on its way",
        NotificationKind.Delivered => $"A parcel of order {order.Number} has arrived",
        NotificationKind.Cancelled => IsExpired(order) ? $"Order {order.Number} was not paid and has ended" : $"Order {order.Number} is cancelled",
        NotificationKind.Refunded => $"We have refunded {AmountOf(notification)} for order {order.Number}",
        NotificationKind.Invoiced => $"Your {(notification.Document!.Kind == DocumentKind.Invoice ? "invoice" : "credit note")} for order {order.Number}",
        _ => throw new InvalidOperationException($"There is no mail for {notification.Kind}."),
    };

    private static MailModel ModelOf(Order order, OrderNotification notification, string subject, ControllerOptions shop, ShopTime time)
    {
        var shipment = notification.Parcel?.Shipment;
        var isWhole = notification.Kind is NotificationKind.Received or NotificationKind.Paid;
        return new()
        {
            Subject = subject,
            Shop = shop.Name,
            Postal = shop.Address,
            Contact = shop.Email,
            Reason = Reason,
            Number = order.Number,
            PlacedOn = time.Day(order.PlacedAt),
            PayBefore = Settlement.Of(order).AwaitsPayment ? time.Time(order.ExpiresAt) : null,
            Lines = isWhole ? [.. order.Lines.Select(line => new MailModel.Line(line.Quantity, line.Name, line.Sku, Amount(line.Gross, order)))] : LinesOf(order, notification.Parcel),
            Net = isWhole ? Amount(order.Net, order) : null,
            Vat = isWhole ? Amount(order.Vat, order) : null,
            Total = isWhole ? Amount(order.Gross, order) : null,
            When = time.Day(notification.At),
            Amount = notification.Money.IsEmpty ? null : AmountOf(notification),
            Document = notification.Document?.Number,
            IsCreditNote = notification.Document?.Kind == DocumentKind.CreditNote,
            Carrier = shipment?.Carrier,
            TrackingNumber = shipment?.TrackingNumber,
            IsExpired = IsExpired(order),
            IsSoldOut = order.IsSoldOut,
            IsPaid = order.Ledger.Any(fact => fact is { Kind: FactKind.Capture, Status: FactStatus.Completed or FactStatus.Pending }),
            GoesBack = GoesBack(order),
        };
    }

    private static MailModel.Line[]? LinesOf(Order order, ShipmentProgress? parcel) =>
        parcel is null ? null : [.. parcel.Lines.Select(part => new MailModel.Line(part.Quantity, order.Lines[part.Line].Name, order.Lines[part.Line].Sku, null))];

    private static bool IsExpired(Order order) => order.Closed?.Reason == ClosingReason.Expired;

    /// <summary>Money of an order that has ended is here still, or on its way: to us or back.</summary>
    private static bool GoesBack(Order order) =>
        Settlement.Of(order) is { Refunds.IsEmpty: false } or { WaitingRefunds.IsEmpty: false }
        || order.Ledger.Any(fact => fact is { Kind: FactKind.Capture or FactKind.Refund, Status: FactStatus.Pending });

    private static string AmountOf(OrderNotification notification) => string.Join(" and ", notification.Money
        .GroupBy(fact => fact.Currency).Select(facts => Currencies.ToText(new(facts.Sum(fact => fact.Amount), facts.Key))));

    private static string Amount(long minor, Order order) => Currencies.ToText(new(minor, order.Currency));
}
