using System.Collections.Immutable;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Shipments;

/// <summary>What of an order has left, has arrived and has come back. Derived from its parcels and what carriers say of them; nothing of it is stored.</summary>
/// <param name="Shipments">Those that stand, by number.</param>
/// <param name="Left">For each line of the order, how much of it is in no parcel and still to be sent.</param>
public sealed record FulfilmentProgress(ImmutableArray<ShipmentProgress> Shipments, ImmutableArray<int> Left)
{
    public bool IsAllSent => Left.All(quantity => quantity == 0);

    public FulfilmentStatus Status => Shipments switch
    {
        { IsEmpty: true } => FulfilmentStatus.Unfulfilled,
        _ when Shipments.Any(parcel => parcel.Status == ShipmentStatus.Returned) =>
            IsAllSent && Shipments.All(parcel => parcel.Status == ShipmentStatus.Returned) ? FulfilmentStatus.Returned : FulfilmentStatus.PartReturned,
        _ when !IsAllSent => FulfilmentStatus.PartShipped,
        _ => Shipments.All(parcel => parcel.Status == ShipmentStatus.Delivered) ? FulfilmentStatus.Delivered : FulfilmentStatus.Shipped,
    };

    public static FulfilmentProgress Of(Order order)
    {
        var left = order.Lines.Select(line => line.ToSend).ToArray();
        var parcels = ImmutableArray.CreateBuilder<ShipmentProgress>();
        foreach (var shipment in order.Shipments.Where(shipment => shipment.VoidedAt is null))
        {
            var lines = shipment.Lines ?? AllOf(left);
            foreach (var line in lines) left[line.Line] = Math.Max(left[line.Line] - line.Quantity, 0);
            parcels.Add(ShipmentProgress.Of(shipment, lines, order.ShipmentEvents));
        }

        foreach (var line in order.NotSent) left[line.Line] = Math.Max(left[line.Line] - line.Quantity, 0);
        return new(parcels.ToImmutable(), [.. left]);
    }

    /// <returns>How much of a line of the order is in parcels.</returns>
    public int Sent(int line) => Shipments.SelectMany(parcel => parcel.Lines).Where(part => part.Line == line).Sum(part => part.Quantity);

    /// <returns>The parcel with this number, unless it was taken back.</returns>
    public ShipmentProgress? Find(int number) => Shipments.FirstOrDefault(parcel => parcel.Shipment.Number == number);

    /// <returns>What is in no parcel, as the lines of one.</returns>
    public ImmutableArray<ShipmentLine> Rest() => AllOf(Left);

    private static ImmutableArray<ShipmentLine> AllOf(IEnumerable<int> left) =>
        [.. left.Index().Where(line => line.Item > 0).Select(line => new ShipmentLine(line.Index, line.Item))];
}
