using System.Collections.Immutable;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Shipments;

/// <summary>How much of a product is in a parcel, or is refunded, as people say it.</summary>
public sealed record ShipmentItem(string Sku, int Quantity)
{
    internal static readonly Problem NotOrdered = new(422, "not-ordered", "Something of this is not on the order.");
    private static readonly Problem MoreThanLeft = new(409, "more-than-left", "That is more than is left to send.");
    private static readonly Problem NothingLeft = new(409, "nothing-left", "Everything on this order is in a parcel already.");

    public static ImmutableArray<ShipmentItem> Of(Order order, ImmutableArray<ShipmentLine> lines) =>
        [.. lines.Select(line => new ShipmentItem(order.Lines[line.Line].Sku, line.Quantity))];

    /// <param name="items">Null for all that is left.</param>
    /// <param name="least">How few of a product may be said.</param>
    public static void Check(Validation validation, ImmutableArray<ShipmentItem>? items, int least = 1)
    {
        if (items is not { } lines) return;
        if (lines.IsDefaultOrEmpty || lines.Length > Order.MostLines)
        {
            validation.Add("lines", $"Between 1 and {Order.MostLines} lines; leave them out for all that is left.");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            // The serializer's strictness about null ends at the elements of a list.
            if (lines[i] is not { } line)
            {
                validation.Add($"lines[{i}]", "An object is needed here.");
                continue;
            }

            validation.Text(line.Sku, $"lines[{i}].sku", 64);
            validation.Require(seen.Add(line.Sku), $"lines[{i}].sku", "The same product is on another line; say there how many.");
            validation.Require(line.Quantity >= least, $"lines[{i}].quantity", $"{least} or more.");
        }
    }

    /// <param name="progress">Of the order, without the parcel if it is one that is being corrected.</param>
    /// <returns>The parcel's lines, never more than is left of any; or why they cannot be.</returns>
    public static (ImmutableArray<ShipmentLine> Lines, Problem? Problem) LinesOf(Order order, FulfilmentProgress progress, ImmutableArray<ShipmentItem>? items)
    {
        if (progress.IsAllSent) return ([], NothingLeft);
        if (items is not { } wanted) return (progress.Rest(), null);

        var lines = ImmutableArray.CreateBuilder<ShipmentLine>(wanted.Length);
        foreach (var item in wanted)
        {
            var line = order.Lines.ToList().FindIndex(known => known.Sku == item.Sku && !known.IsDelivery);
            if (line < 0) return ([], NotOrdered with { Detail = "A SKU is not one of the order's." });
            if (item.Quantity > progress.Left[line]) return ([], MoreThanLeft with { Detail = $"{order.Lines[line].Sku}: {progress.Left[line]}." });
            lines.Add(new(line, item.Quantity));
        }

        return (lines.ToImmutable(), null);
    }
}
