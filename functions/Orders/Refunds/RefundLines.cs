using System.Collections.Immutable;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Refunds;

/// <summary>Which lines of an order refunds name, and what these come to. Pure.</summary>
public static class RefundLines
{
    /// <param name="items">What of an order, as people say it. Delivery is one thing, however many lines bear a share of its price.</param>
    /// <returns>The same by the order's lines, in their order; null when something is not on it.</returns>
    public static ImmutableArray<ShipmentLine>? PartsOf(Order order, ImmutableArray<ShipmentItem> items)
    {
        if (items.Any(item => order.Lines.All(line => line.Sku != item.Sku))) return null;
        return [.. order.Lines.Index().SelectMany(line => items.Where(item => item.Sku == line.Item.Sku), (line, item) => new ShipmentLine(line.Index, item.Quantity))];
    }

    /// <returns>The lines as a refund freezes them, never more of any than no promise that stands has named; or why they cannot be.</returns>
    public static (ImmutableArray<RefundLine> Lines, Problem? Problem) Of(Order order, ImmutableArray<ShipmentItem> items)
    {
        if (PartsOf(order, items) is not { } parts) return ([], ShipmentItem.NotOrdered with { Detail = "A SKU is not one of the order's." });
        var named = NamedBy(order.RefundPromises);
        foreach (var part in parts)
        {
            var left = order.Lines[part.Line].Quantity - QuantityOf(named, part.Line);
            if (part.Quantity > left) return ([], RefundDecision.MoreThanLeft with { Detail = $"{order.Lines[part.Line].Sku}: {left}." });
        }

        return (Freeze(order, parts, named), null);
    }

    /// <returns>What promises that stand have named.</returns>
    public static ImmutableArray<RefundLine> NamedBy(IEnumerable<RefundPromise> promises) =>
        [.. promises.Where(promise => promise.WithdrawnAt is null).SelectMany(promise => promise.Lines ?? [])];

    /// <param name="parts">At most one for a line, of none more than is not named.</param>
    /// <returns>The parts with their price beside what is named.</returns>
    public static ImmutableArray<RefundLine> Freeze(Order order, IEnumerable<ShipmentLine> parts, ImmutableArray<RefundLine> named) =>
        [.. parts.Select(part => Freeze(order, part, named))];

    /// <returns>What the lines come to at each rate of VAT: for goods as they were sold, to the penny.</returns>
    public static ImmutableArray<VatTotal> TotalsOf(Order order, ImmutableArray<RefundLine> lines) =>
    [
        .. lines.GroupBy(part => order.Lines[part.Line].VatBasisPoints).OrderByDescending(rate => rate.Key)
            .Select(rate => new VatTotal(rate.Key, rate.Sum(part => NetOf(order, part.Line, part.Quantity)), rate.Sum(part => part.Gross - NetOf(order, part.Line, part.Quantity)))),
    ];

    public static ImmutableArray<ShipmentItem> ItemsOf(Order order, ImmutableArray<RefundLine> lines) =>
        [.. lines.Select(part => new ShipmentItem(order.Lines[part.Line].Sku, part.Quantity)).DistinctBy(item => item.Sku)];

    /// <returns>As the lines of the order are shown, of each no more than is named.</returns>
    public static ImmutableArray<OrderView.Line> ViewsOf(Order order, ImmutableArray<RefundLine> lines) => [.. lines.Select(part =>
    {
        var (line, net) = (order.Lines[part.Line], NetOf(order, part.Line, part.Quantity));
        return OrderView.LineOf(line with { Quantity = part.Quantity, Net = net, Vat = part.Gross - net, Gross = part.Gross }, order.Currency);
    })];

    /// <summary>
    /// A line's tax is rounded once for all of it: what is named last of it costs what is left of its price, so no penny is lost,
    /// whatever was taken back in between.
    /// </summary>
    private static RefundLine Freeze(Order order, ShipmentLine part, ImmutableArray<RefundLine> named)
    {
        var line = order.Lines[part.Line];
        var price = (long)((Int128)line.Gross * (QuantityOf(named, part.Line) + part.Quantity) / line.Quantity);
        var before = named.Where(known => known.Line == part.Line).Sum(known => known.Gross);
        return new(part.Line, part.Quantity, Math.Max(price - before, NetOf(order, part.Line, part.Quantity)));
    }

    private static int QuantityOf(ImmutableArray<RefundLine> named, int line) => named.Where(part => part.Line == line).Sum(part => part.Quantity);

    private static long NetOf(Order order, int line, int quantity) => (long)((Int128)order.Lines[line].Net * quantity / order.Lines[line].Quantity);
}
