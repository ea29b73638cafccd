using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Listing;

/// <summary>An order as a list shows it.</summary>
/// <param name="Goods">Absent for one that has not been changed since lists told it.</param>
public sealed record OrderItem(
    string Id,
    string Number,
    DateTimeOffset PlacedAt,
    Money Gross,
    OrderItem.PaymentPart Payment,
    OrderItem.FulfilmentPart Fulfilment,
    bool Cancelled,
    OrderItem.GoodsPart? Goods)
{
    public sealed record PaymentPart(PaymentStatus Status);

    public sealed record FulfilmentPart(FulfilmentStatus Status);

    /// <param name="First">The name of what stands on the first line.</param>
    /// <param name="Lines">How many different things.</param>
    /// <param name="Pieces">How many of all of them together.</param>
    public sealed record GoodsPart(string First, int Lines, int Pieces);

    public static OrderItem Of(OrderSummary order) => new(
        order.Id, order.Number, order.PlacedAt, order.Gross, new(order.Payment), new(order.Fulfilment), order.Cancelled,
        order.FirstItem is { } first ? new(first, order.Lines, order.Pieces) : null);
}
