using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Listing;

/// <summary>What a list of orders shows of one.</summary>
/// <param name="FirstItem">The name on the first line of goods; null where a row was written before rows had it.</param>
/// <param name="Lines">Of goods.</param>
/// <param name="Pieces">Of all goods together.</param>
public sealed record OrderSummary(
    string Id, string Number, DateTimeOffset PlacedAt, Money Gross, PaymentStatus Payment, FulfilmentStatus Fulfilment, bool Cancelled,
    string? FirstItem, int Lines, int Pieces)
{
    public static OrderSummary Of(Order order)
    {
        var state = ListedState.Of(order);
        var goods = order.Lines.Where(line => !line.IsDelivery).ToList();
        return new(
            order.Id, order.Number, order.PlacedAt, new(order.Gross, order.Currency), state.Payment, state.Fulfilment, state.Cancelled,
            goods.FirstOrDefault()?.Name, goods.Count, goods.Sum(line => line.Quantity));
    }
}
