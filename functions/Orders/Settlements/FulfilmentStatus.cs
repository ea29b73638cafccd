namespace Shop.Functions.Orders.Settlements;

/// <summary>Where an order's goods stand.</summary>
public enum FulfilmentStatus
{
    AwaitingPayment,
    Ready,
    OnHold,
    Cancelled,
    Shipped,
    Delivered,
}
