namespace Shop.Functions.Orders.Shipments;

/// <summary>Where a parcel is, and what a carrier says of it: in the order in which it usually happens.</summary>
public enum ShipmentStatus
{
    /// <summary>The carrier has said nothing of it yet: it can still be corrected and taken back.</summary>
    AwaitingCollection,
    Collected,
    InTransit,
    OutForDelivery,

    /// <summary>It could not be handed over, or is lost; the carrier may try again.</summary>
    Failed,
    Delivered,

    /// <summary>It has come back to the shop.</summary>
    Returned,
}
