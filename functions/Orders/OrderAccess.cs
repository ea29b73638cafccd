using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Orders;

/// <summary>Whose order it is decides who finds it.</summary>
public static class OrderAccess
{
    /// <param name="roles">Staff with one of these find any order.</param>
    /// <returns>The order if the caller may have it, else null.</returns>
    public static async Task<Order?> FindAsync(
        OrderStore orders, HttpRequest request, string id, CancellationToken cancellation, params string[] roles) =>
        OrderIds.IsId(id)
        && await orders.FindAsync(id, cancellation) is { } order
        && (IsOwn(request, order) || roles.Any(request.HttpContext.User.IsInRole))
            ? order
            : null;

    /// <returns>True when the caller has placed it, whatever else they are.</returns>
    public static bool IsOwn(HttpRequest request, Order order) => order.AccountId == Caller.Of(request).AccountId;
}
