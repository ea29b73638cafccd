namespace Shop.Functions.Orders.Shipments;

/// <summary>Where goods of an order are, for who asks whether their price has gone back.</summary>
public enum Whereabouts
{
    /// <summary>They are not sent any more: their price had gone back, or was promised back, when that was said.</summary>
    NotSent,

    /// <summary>They have come back, and somebody has decided that nothing more goes back for them: what had gone back was for them.</summary>
    ReturnedForGood,

    /// <summary>They have come back. Delivery has as well, once all goods have.</summary>
    Returned,

    /// <summary>Their carrier could not hand them over.</summary>
    Lost,

    /// <summary>They are in no parcel.</summary>
    ToSend,
    OnItsWay,

    /// <summary>The customer has them.</summary>
    Arrived,
}
