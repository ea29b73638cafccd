namespace Shop.Functions.Orders;

public enum ClosingReason
{
    Expired,
    Cancelled,
}
