using System.Text.Json.Serialization;

namespace Shop.Functions.Orders.Shipments;

/// <summary>A parcel as people see it.</summary>
public sealed record ShipmentView(int Number, string Carrier, string? TrackingNumber, DateTimeOffset ShippedAt, DateTimeOffset? DeliveredAt)
{
    public static ShipmentView Of(Shipment shipment) =>
        new(shipment.Number, shipment.Carrier, shipment.TrackingNumber, shipment.ShippedAt, shipment.DeliveredAt);
}

[JsonSerializable(typeof(ShipOrder.Request))]
[JsonSerializable(typeof(ShipmentView))]
internal sealed partial class ShipmentWeb : JsonSerializerContext
{
    public static ShipmentWeb Json { get; } = new(Platform.Http.Json.Strict());
}
