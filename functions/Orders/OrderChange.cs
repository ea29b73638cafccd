using Shop.Functions.Orders.Notifications;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders;

/// <summary>What a change of an order is followed by, besides the order itself. Pure.</summary>
public static class OrderChange
{
    /// <returns>
    /// Whether somebody must look at the order should the process that changes it end there: its customer is to be told of it, their
    /// list of orders says how far its goods are, or a person must see to a parcel.
    /// </returns>
    public static bool NeedsReconciling(Order before, Order after, DateTimeOffset now) =>
        FulfilmentProgress.Of(before).Status != FulfilmentProgress.Of(after).Status || OrderNotification.IsNew(before, after, now) || GoodsConcerns.IsNew(before, after);
}
