using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>What to do about staff who want to refund. Pure: the order and the wish in, one of three outcomes out.</summary>
public abstract record RefundDecision(Order Order)
{
    /// <summary>It cannot be promised.</summary>
    public sealed record Refuse(Order Order, Problem Problem) : RefundDecision(Order);

    /// <summary>It is promised already: the same request again.</summary>
    public sealed record Replay(Order Order, RefundPromise Request) : RefundDecision(Order);

    /// <summary>It is promised now; the order already holds the request.</summary>
    public sealed record Promise(Order Order, RefundPromise Request) : RefundDecision(Order);

    private static readonly Problem NothingLeft = new(409, "nothing-left", "Nothing is left to refund: it has gone back, is on its way, is promised or is disputed.");
    internal static readonly Problem MoreThanLeft = new(409, "more-than-left", "That is more than is left to refund.");
    private static readonly Problem OtherCurrency = new(422, "wrong-currency", "Nothing of this order was paid in that currency.");
    private static readonly Problem NotPossible =
        new(409, "amount-not-possible", "The provider that has the payment cannot send back exactly that much: name an amount without the decimals that it does not have.");
    private static readonly Problem LedgerFull =
        new(409, "ledger-full", "So much has happened to this order's money that another refund could not be recorded: make it at the provider.");
    private static readonly Problem TooMany = new(409, "too-many-refunds", $"An order can have {Order.MostRefundPromises} refunds with {Order.MostRefundLines} lines between them.");
    private static readonly Problem MoreThanLines = new(422, "more-than-lines", "That is more than these lines come to.");
    private static readonly Problem NoPrice = new(422, "no-price", "These lines cost nothing: there is nothing to refund for them.");

    public static RefundDecision Of(Order order, RequestRefund.Request wish, string id, string by, DateTimeOffset now, IEnumerable<IPaymentLimits> limits)
    {
        if (order.RefundPromises.FirstOrDefault(request => request.Id == id) is { } earlier)
            return IsSame(order, earlier, wish) ? new Replay(order, earlier) : new Refuse(order, IdempotencyKey.Reused);
        if (order.RefundPromises.Length == Order.MostRefundPromises) return new Refuse(order, TooMany);
        if (order.Ledger.Length == Order.MostLedgerEntries) return new Refuse(order, LedgerFull);

        if (wish.Note is not null && order.LeadsToNobody) return new Refuse(order, Restriction.NoteNotKept);

        var left = Settlement.Of(order).Refundable;
        var all = left.OrderByDescending(amount => amount.Key == order.Currency).FirstOrDefault(amount => amount.Value > 0);
        if (all.Value == 0) return new Refuse(order, NothingLeft);
        var (lines, price, unfit) = wish.Lines is { } items ? LinesOf(order, items, wish.Amount) : default;
        if (unfit is not null) return new Refuse(order, unfit);
        var money = wish.Amount ?? price ?? new(all.Value, all.Key);
        if (money.Currency != order.Currency && !left.ContainsKey(money.Currency)) return new Refuse(order, OtherCurrency with { Detail = $"Its currency is {order.Currency}." });
        var most = left.GetValueOrDefault(money.Currency);
        if (money.Amount > most) return new Refuse(order, MoreThanLeft with { Detail = $"{most} {money.Currency} in minor units." });

        var request = new RefundPromise(id, money.Amount, money.Currency, wish.Amount is null, wish.Reason, by, now, wish.Note) { Lines = lines };
        var promised = order.With(request);
        return CanBeSent(promised, id, limits) ? new Promise(promised, request) : new Refuse(order, NotPossible);
    }

    /// <summary>A part of their price may be kept, for instance for what is worn; more than it is for something else.</summary>
    private static (ImmutableArray<RefundLine>? Lines, Money? Price, Problem? Problem) LinesOf(Order order, ImmutableArray<ShipmentItem> items, Money? amount)
    {
        if (amount is { } other && other.Currency != order.Currency) return (null, null, OtherCurrency with { Detail = $"The currency of its lines is {order.Currency}." });
        var (lines, problem) = RefundLines.Of(order, items);
        if (problem is not null) return (null, null, problem);
        if (order.RefundPromises.Sum(promise => promise.Lines?.Length ?? 0) + lines.Length > Order.MostRefundLines) return (null, null, TooMany);
        var price = lines.Sum(part => part.Gross);
        if (price == 0) return (null, null, NoPrice);
        return amount?.Amount > price ? (null, null, MoreThanLines with { Detail = $"{price} {order.Currency} in minor units." }) : (lines, new(price, order.Currency), null);
    }

    /// <summary>A promise that is kept from several payments is sent in as many parts.</summary>
    private static bool CanBeSent(Order promised, string id, IEnumerable<IPaymentLimits> limits)
    {
        var settlement = Settlement.Of(promised);
        return settlement.Refunds.Concat(settlement.WaitingRefunds).Where(refund => refund.Reference == id)
            .All(refund => limits.Where(provider => provider.Name == refund.Capture.Provider).All(provider => provider.CanRefund(refund.Amount)));
    }

    private static bool IsSame(Order order, RefundPromise earlier, RequestRefund.Request wish) =>
        earlier.Reason == wish.Reason
        // A note that has gone with the person cannot be compared.
        && (earlier.Note == wish.Note || earlier.By is null)
        && (wish.Amount is { } amount ? !earlier.All && amount == new Money(earlier.Amount, earlier.Currency) : earlier.All)
        && (wish.Lines is { } items
            ? earlier.Lines is { } lines && RefundLines.PartsOf(order, items) is { } parts && parts.SequenceEqual(lines.Select(part => new ShipmentLine(part.Line, part.Quantity)))
            : earlier.Lines is null);
}
