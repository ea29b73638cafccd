using System.Collections.Immutable;
using Shop.Functions.Orders.Reviews;

namespace Shop.Functions.Orders.Shipments;

/// <summary>How much of each line of an order is where.</summary>
internal sealed class GoodsByPlace(int lines)
{
    /// <summary>In the order in which prices are worked out, so that parts of a line come to its price.</summary>
    public static ImmutableArray<Whereabouts> Places { get; } = [.. Enum.GetValues<Whereabouts>()];

    private readonly int[,] quantities = new int[Places.Length, lines];

    public int Lines => lines;

    public int this[Whereabouts place, int line]
    {
        get => quantities[(int)place, line];
        set => quantities[(int)place, line] = value;
    }

    /// <summary>No more of a line than was ordered, whatever its parcels say.</summary>
    /// <param name="closing">As if what is in no parcel were not sent any more, to see whether delivery was for nothing then.</param>
    public static GoodsByPlace Of(Order order, bool closing)
    {
        var (goods, progress) = (new GoodsByPlace(order.Lines.Length), FulfilmentProgress.Of(order));
        var left = order.Lines.Select(line => line.Quantity).ToArray();
        void Add(Whereabouts place, int line, int quantity)
        {
            var more = Math.Min(quantity, left[line]);
            (goods[place, line], left[line]) = (goods[place, line] + more, left[line] - more);
        }

        foreach (var part in order.NotSent) Add(Whereabouts.NotSent, part.Line, part.Quantity);
        foreach (var parcel in progress.Shipments)
        {
            foreach (var part in parcel.Lines) Add(PlaceOf(order, parcel), part.Line, part.Quantity);
        }

        foreach (var (line, quantity) in progress.Left.Index()) Add(Whereabouts.ToSend, line, quantity);
        var isAllBack = !progress.Shipments.IsEmpty && progress.Shipments.All(parcel => PlaceOf(order, parcel) == Whereabouts.Returned) && (closing || progress.IsAllSent);
        foreach (var (line, item) in order.Lines.Index())
        {
            if (item.IsDelivery) Add(isAllBack ? Whereabouts.Returned : Whereabouts.Arrived, line, item.Quantity);
        }

        return goods;
    }

    /// <returns>How much it is, at most as much as asked for, taken away from these places in this order.</returns>
    public IEnumerable<(Whereabouts Place, int Quantity)> Take(ImmutableArray<Whereabouts> places, int line, int quantity)
    {
        foreach (var place in places)
        {
            var taken = Math.Min(quantity, this[place, line]);
            if (taken == 0) continue;
            (this[place, line], quantity) = (this[place, line] - taken, quantity - taken);
            yield return (place, taken);
        }
    }

    private static Whereabouts PlaceOf(Order order, ShipmentProgress parcel) => parcel.Status switch
    {
        ShipmentStatus.Failed => Whereabouts.Lost,
        ShipmentStatus.Returned => GoodsConcerns.IsDecided(order, parcel) ? Whereabouts.ReturnedForGood : Whereabouts.Returned,
        ShipmentStatus.Delivered => Whereabouts.Arrived,
        _ => Whereabouts.OnItsWay,
    };
}
