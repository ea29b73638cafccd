using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Orders;

/// <summary>What of an order somebody needs to see.</summary>
/// <param name="Delivery">Where it goes and where its parcels are: its customer, and who sends it.</param>
/// <param name="Refunds">What went back: its customer, and who decides about money.</param>
/// <param name="Reasons">Why: who decides about money.</param>
/// <param name="Billing">Whom its invoice names: its customer; the invoice says it to who decides about money.</param>
public readonly record struct OrderSight(bool Delivery, bool Refunds, bool Reasons, bool Billing = false)
{
    public static OrderSight Customer { get; } = new(Delivery: true, Refunds: true, Reasons: false, Billing: true);

    public static OrderSight Of(HttpRequest request, Order order)
    {
        var isOwn = OrderAccess.IsOwn(request, order);
        var isFinance = request.HttpContext.User.IsInRole(StaffRoles.Finance);
        return new(isOwn || request.HttpContext.User.IsInRole(StaffRoles.Fulfilment), isOwn || isFinance, isFinance, isOwn);
    }
}
