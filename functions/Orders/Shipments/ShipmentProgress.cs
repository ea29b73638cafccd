using System.Collections.Immutable;

namespace Shop.Functions.Orders.Shipments;

/// <summary>A parcel that stands, with what is in it and what is known of its way.</summary>
/// <param name="Events">What its carrier says, in the order in which it happened.</param>
public sealed record ShipmentProgress(Shipment Shipment, ImmutableArray<ShipmentLine> Lines, ImmutableArray<ShipmentEvent> Events, ShipmentStatus Status)
{
    /// <summary>When its carrier means to hand it over at the latest, by the latest that it has said of that; null once there is nothing to wait for.</summary>
    public DateTimeOffset? ExpectedBy => Status is ShipmentStatus.Delivered or ShipmentStatus.Returned
        ? null
        : Events.MaxBy(heard => heard.Expectation)?.ExpectedBy;

    /// <summary>When something was last heard of it, or will have been if what its carrier has said is true.</summary>
    public DateTimeOffset HeardAt => Events.Select(heard => heard.At).Append(ExpectedBy ?? Shipment.ShippedAt).Append(Shipment.ShippedAt).Max();

    public static ShipmentProgress Of(Shipment shipment, ImmutableArray<ShipmentLine> lines, ImmutableArray<ShipmentEvent> events)
    {
        ImmutableArray<ShipmentEvent> own =
            [.. events.Where(heard => heard.Shipment == shipment.Number).OrderBy(heard => heard.At).ThenBy(heard => heard.Kind)];
        return new(shipment, lines, own, StatusOf(shipment, own));
    }

    /// <summary>What has come back has come back, and what has arrived has arrived, whatever else is said later; of the rest the latest counts.</summary>
    private static ShipmentStatus StatusOf(Shipment shipment, ImmutableArray<ShipmentEvent> events)
    {
        if (events.Any(heard => heard.Kind == ShipmentStatus.Returned)) return ShipmentStatus.Returned;
        if (shipment.DeliveredAt is not null) return ShipmentStatus.Delivered;
        return events.IsEmpty ? ShipmentStatus.AwaitingCollection : events[^1].Kind;
    }
}
