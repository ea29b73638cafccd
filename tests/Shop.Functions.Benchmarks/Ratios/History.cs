using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>The history row that the app writes of an order, for the floor to write; <see cref="Measurement"/> compares their sizes.</summary>
internal static class History
{
    public static TableEntity RowOf(Order order, string state, string value)
    {
        var summary = OrderSummary.Of(order);
        return new(order.AccountId, OrderIndex.RowKeyOf(order.PlacedAt, order.Id))
        {
            ["Number"] = order.Number,
            ["PlacedAt"] = order.PlacedAt,
            ["Currency"] = order.Currency,
            ["Gross"] = order.Gross,
            [state] = value,
            ["FirstItem"] = summary.FirstItem,
            ["Lines"] = summary.Lines,
            ["Pieces"] = summary.Pieces,
        };
    }
}
