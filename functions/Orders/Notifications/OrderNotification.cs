using System.Collections.Immutable;
using System.Globalization;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Notifications;

/// <summary>
/// A fact of an order that its customer is told of by mail, once. Which there are follows from the order as it is, whoever
/// changed it and in whatever order its facts came. Pure.
/// </summary>
/// <param name="Key">The same for the same fact and of no other of the order; it names nobody.</param>
/// <param name="At">When the fact came to be.</param>
public sealed record OrderNotification(NotificationKind Kind, string Key, DateTimeOffset At)
{
    /// <summary>
    /// What happened longer ago is told to nobody: mail about it would puzzle more than help. So an order from before there
    /// were notifications is told of what is fresh only. What was begun in time and not sent waits for an operator (<see cref="Expired"/>).
    /// </summary>
    public static TimeSpan Freshness { get; } = TimeSpan.FromDays(5);

    private const string PaidKey = "paid";

    /// <summary>Of a parcel that is shipped or delivered.</summary>
    public ShipmentProgress? Parcel { get; init; }

    /// <summary>The facts of the money that came or went back; empty where it is about none.</summary>
    public ImmutableArray<LedgerEntry> Money { get; init; } = [];

    /// <summary>The invoice or the credit note that the mail names, if it is issued by now.</summary>
    public SalesDocument? Document { get; init; }

    /// <summary>By when it is told among the others: a provider tells whole seconds and a carrier may tell a day, and neither is before the order or the parcel.</summary>
    private DateTimeOffset Place => Kind switch
    {
        NotificationKind.Received => DateTimeOffset.MinValue,
        NotificationKind.Delivered when Parcel is { } parcel && parcel.Shipment.ShippedAt > At => parcel.Shipment.ShippedAt,
        _ => At,
    };

    /// <returns>What is to be sent and not known to be, the oldest first.</returns>
    public static ImmutableArray<OrderNotification> Due(Order order, DateTimeOffset now) =>
        [.. InTurn(AllOf(order).Where(notification => notification.IsFresh(now) && notification.MarkOf(order) is not { IsFinal: true }))];

    /// <returns>
    /// What nobody sends any more, for its time is up: what somebody had begun to send, and what had to wait for that. What is before it is
    /// from before there were notifications.
    /// </returns>
    public static ImmutableArray<OrderNotification> Expired(Order order, DateTimeOffset now) => order.Notifications.All(mark => mark.IsFinal) ? [] :
    [
        .. InTurn(AllOf(order)).SkipWhile(notification => notification.MarkOf(order) is not { IsFinal: false })
            .Where(notification => !notification.IsFresh(now) && notification.MarkOf(order) is var mark && mark?.State != NotificationState.GivenUp && mark?.IsTaken(now) != true),
    ];

    /// <returns>The order with that noted; the very same where somebody has sent it meanwhile.</returns>
    public static Order GiveUp(Order order, string key, DateTimeOffset now) => Expired(order, now).FirstOrDefault(notification => notification.Key == key) is { } expired
        ? order.With(new NotificationMark(key, now, NotificationState.GivenUp, expired.MarkOf(order)?.Tries ?? 0))
        : order;

    /// <returns>Whether a change of an order has made one due that was not.</returns>
    public static bool IsNew(Order before, Order after, DateTimeOffset now)
    {
        var due = Due(after, now);
        return !due.IsEmpty && due.Select(notification => notification.Key).Except(Due(before, now).Select(notification => notification.Key)).Any();
    }

    /// <summary>
    /// Takes it upon oneself to send one, or an older one that nobody has begun: whoever else comes leaves the order alone meanwhile, for
    /// its mails go one after another, and whoever has sent one goes on with what is due. One that was given up is sent to whoever asks for it.
    /// </summary>
    /// <returns>The order with that noted, and what is to be sent; the very same order and nothing when it is not due, or somebody sends.</returns>
    public static (Order Order, OrderNotification? Claimed) Claim(Order order, string key, DateTimeOffset now)
    {
        var all = Due(order, now).InsertRange(0, AllOf(order).Where(notification => notification.Key == key && notification.MarkOf(order) is { State: NotificationState.GivenUp }));
        if (all.All(notification => notification.Key != key) || all.Any(notification => notification.MarkOf(order)?.IsTaken(now) == true)) return (order, null);
        var due = all.First(notification => notification.Key == key || notification.MarkOf(order) is null);
        return (order.With(new NotificationMark(due.Key, now, NotificationState.Sending, (due.MarkOf(order)?.Tries ?? 0) + 1)), due);
    }

    /// <returns>Whether it is still told by itself.</returns>
    public bool IsFresh(DateTimeOffset now) => At + Freshness > now;

    /// <returns>What was noted of it; null when nobody has begun to send it.</returns>
    public NotificationMark? MarkOf(Order order) => order.Notifications.FirstOrDefault(mark => mark.Notification == Key);

    private static IOrderedEnumerable<OrderNotification> InTurn(IEnumerable<OrderNotification> notifications) => notifications
        .OrderBy(notification => notification.Place).ThenBy(notification => notification.Kind).ThenBy(notification => notification.Key, StringComparer.Ordinal);

    /// <summary>Nobody's account leads to the order: nobody is told. An order that has ended is told of its end and no longer of its beginning.</summary>
    private static IEnumerable<OrderNotification> AllOf(Order order)
    {
        if (order.LeadsToNobody) yield break;
        if (order.Closed is { } closed) yield return new(NotificationKind.Cancelled, "cancelled", closed.At);
        else yield return new(NotificationKind.Received, "received", order.PlacedAt);
        if (PaymentOf(order) is { } payment) yield return payment;
        foreach (var parcel in FulfilmentProgress.Of(order).Shipments)
        {
            var number = parcel.Shipment.Number.ToString(CultureInfo.InvariantCulture);
            yield return new(NotificationKind.Shipped, $"shipped-{number}", parcel.Shipment.ShippedAt) { Parcel = parcel };
            if (parcel is { Status: ShipmentStatus.Delivered, Shipment.DeliveredAt: { } arrived })
                yield return new(NotificationKind.Delivered, $"delivered-{number}", arrived) { Parcel = parcel };
        }

        foreach (var refund in order.Ledger.Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded }))
            yield return new(NotificationKind.Refunded, RefundedKeyOf(refund.Key), refund.At) { Money = [refund], Document = CreditNoteOf(order, refund.Key) };
        foreach (var document in order.Documents)
        {
            if (document is { Number: { } number, IssuedAt: { } issued } && IsUntold(order, document))
                yield return new(NotificationKind.Invoiced, $"invoice-{number}", issued) { Document = document };
        }
    }

    private static SalesDocument? InvoiceOf(Order order) => order.Documents.FirstOrDefault(document => document is { Kind: DocumentKind.Invoice, Number: not null });

    private static SalesDocument? CreditNoteOf(Order order, string refund) =>
        order.Documents.FirstOrDefault(document => document is { Kind: DocumentKind.CreditNote, Number: not null } && document.Facts.Contains(refund));

    /// <summary>The mail about its money is out, and could not name it.</summary>
    private static bool IsUntold(Order order, SalesDocument document)
    {
        var told = document.Kind == DocumentKind.Invoice ? [PaidKey] : document.Facts.Select(RefundedKeyOf).ToArray();
        return order.Notifications.Any(mark => mark is { State: NotificationState.Sent, Document: "" } && told.Contains(mark.Notification));
    }

    /// <summary>The first money that pays for it. What a person accepted is told from when they did, and while somebody must look at it nobody is told anything.</summary>
    private static OrderNotification? PaymentOf(Order order)
    {
        // Most changes of most orders have nothing to do with money.
        if (order.Closed is not null || order.Ledger.IsEmpty) return null;
        if (Settlement.Of(order).Payment is not (PaymentStatus.Paid or PaymentStatus.PartlyRefunded or PaymentStatus.Refunded)) return null;
        var captures = CaptureAccount.AllOf(order);
        if (MoneyRules.Paying(order, captures) is not { } paying) return null;
        if (captures.Where(capture => paying.Contains(capture.Key)).Select(capture => capture.Fact).OrderBy(one => one.At).ToImmutableArray() is not [var fact, ..] money) return null;
        if (fact.Amount == order.Gross && fact.Currency == order.Currency) return new(NotificationKind.Paid, PaidKey, fact.At) { Money = money, Document = InvoiceOf(order) };
        var accepted = order.Resolutions.Where(resolution => resolution.Decision == ReviewChoice.Accept && resolution.Concerns.Any(concern => concern.Fact == fact.Key));
        return new(NotificationKind.Paid, PaidKey, accepted.Select(resolution => resolution.At).DefaultIfEmpty(fact.At).Min()) { Money = money, Document = InvoiceOf(order) };
    }

    /// <summary>Providers' ids have any length; keys stand in a property of the order and in the id of a mail.</summary>
    private static string RefundedKeyOf(string factKey) => $"refunded-{TextHash.Of(factKey, 8)}";
}
