using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>A parcel.</summary>
/// <param name="Number">1 for the order's first; a parcel that was taken back keeps its own.</param>
/// <param name="Key">Tells a retry of the same request from another parcel.</param>
/// <param name="Carrier">Who brings it, for instance <c>DPD</c>. In words of staff, who may have named anybody: it goes with the address.</param>
/// <param name="TrackingNumber">The carrier's number of it, if it has one.</param>
/// <param name="ShippedAt">When staff noted it.</param>
/// <param name="DeliveredAt">When it arrived: the earliest that anybody said. How long delivery data is kept counts from here.</param>
public sealed record Shipment(
    int Number,
    string Key,
    [property: DataClass(DataClass.Delivery)] string? Carrier,
    [property: DataClass(DataClass.Delivery)] string? TrackingNumber,
    DateTimeOffset ShippedAt,
    DateTimeOffset? DeliveredAt = null)
{
    /// <summary>What is in it. Null for a parcel from when each was the whole order: what had not left before it.</summary>
    public ImmutableArray<ShipmentLine>? Lines { get; init; }

    /// <summary>A hash over the request that made it, tracking number included: a retry is held against it, whatever was corrected since.</summary>
    [DataClass(DataClass.Delivery)] public string? RequestHash { get; init; }

    /// <summary>When staff took it back, before the carrier had it; null while it stands.</summary>
    public DateTimeOffset? VoidedAt { get; init; }

    /// <summary>What the journal calls it, for instance <c>shipment:1</c>.</summary>
    public string JournalKey => $"shipment:{Number}";

    /// <returns>The parcel without anything that leads to where it went.</returns>
    public Shipment Restricted() => this with { Carrier = null, TrackingNumber = null, RequestHash = null };
}
