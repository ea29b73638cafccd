using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders;

/// <summary><c>GET /api/orders/numbers/{number}</c>: staff find the order whose number somebody has read out, on record.</summary>
public sealed class FindOrder(OrderStore orders, StaffRegister register)
{
    [Function(nameof(FindOrder))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/numbers/{number}")] HttpRequest request, string number, CancellationToken cancellation)
    {
        // Customers have a list of their own orders; a search over all of them is for staff.
        if (!OrderAccess.Readers.Any(request.HttpContext.User.IsInRole)) return Problem.NotFound;
        if (OrderIds.NumberFrom(number) is not { } known || await orders.FindByNumberAsync(known, cancellation) is not { } order) return Problem.NotFound;
        await OrderAccess.RecordAsync(register, request, OrderAccess.RoleOf(request, OrderAccess.Readers), "read_order", order, cancellation);
        return OrderView.Answer(order, OrderSight.Of(request, order));
    }
}
