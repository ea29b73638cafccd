using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Shipments;

/// <summary>A parcel that has left.</summary>
/// <param name="Number">1 for the order's first.</param>
/// <param name="Key">Tells a retry of the same request from another parcel.</param>
/// <param name="Carrier">Who brings it, for instance <c>DPD</c>.</param>
/// <param name="TrackingNumber">The carrier's number of it, if it has one.</param>
/// <param name="DeliveredAt">When it arrived; null while it is on its way.</param>
public sealed record Shipment(
    int Number,
    string Key,
    string Carrier,
    [property: DataClass(DataClass.Delivery)] string? TrackingNumber,
    DateTimeOffset ShippedAt,
    DateTimeOffset? DeliveredAt = null)
{
    /// <summary>What the journal calls it, for instance <c>shipment:1</c>.</summary>
    public string JournalKey => $"shipment:{Number}";

    /// <returns>The parcel without what leads to where it went.</returns>
    public Shipment Restricted() => this with { TrackingNumber = null };
}
