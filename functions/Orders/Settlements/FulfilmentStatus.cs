namespace Shop.Functions.Orders.Settlements;

/// <summary>Where an order's goods stand. Whether a parcel may leave follows from the money: <see cref="Settlement.MayShip"/>.</summary>
public enum FulfilmentStatus
{
    /// <summary>Nothing has left.</summary>
    Unfulfilled,

    /// <summary>Something has left, and something has not.</summary>
    PartShipped,

    /// <summary>Everything has left.</summary>
    Shipped,

    /// <summary>Everything has arrived.</summary>
    Delivered,

    /// <summary>A parcel has come back, and not everything has.</summary>
    PartReturned,

    /// <summary>Everything has come back.</summary>
    Returned,
}
