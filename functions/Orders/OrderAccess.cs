using Microsoft.AspNetCore.Http;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Orders;

/// <summary>Whose order it is decides who finds it.</summary>
public static class OrderAccess
{
    /// <summary>Staff who may read any order.</summary>
    public static readonly string[] Readers = [StaffRoles.Finance, StaffRoles.Fulfilment];

    /// <param name="roles">Staff with one of these find any order.</param>
    /// <returns>The order if the caller may have it, else null.</returns>
    public static async Task<Order?> FindAsync(
        OrderStore orders, HttpRequest request, string id, CancellationToken cancellation, params string[] roles) =>
        OrderIds.IsId(id)
        && await orders.FindAsync(id, cancellation) is { } order
        && (IsOwn(request, order) || roles.Any(request.HttpContext.User.IsInRole))
            ? order
            : null;

    /// <summary>Reads an order for its customer, or for staff who may read any, and then on record. One storage call, and two more for staff.</summary>
    /// <param name="what">What the record calls it.</param>
    /// <param name="readers">Which staff may; none for <see cref="Readers"/>.</param>
    /// <returns>The order if the caller may have it, else null.</returns>
    public static async Task<Order?> ReadAsync(
        OrderStore orders, StaffRegister register, HttpRequest request, string id, string what, CancellationToken cancellation, params string[] readers)
    {
        if (readers is []) readers = Readers;
        if (await FindAsync(orders, request, id, cancellation, readers) is not { } order) return null;
        if (!IsOwn(request, order)) await RecordAsync(register, request, RoleOf(request, readers), what, order, cancellation);
        return order;
    }

    /// <summary>
    /// Puts on record what staff do with an order, and lets its customer know. Two storage calls at once.
    /// </summary>
    /// <param name="role">The role that lets them in.</param>
    public static Task RecordAsync(StaffRegister register, HttpRequest request, string role, string what, Order order, CancellationToken cancellation) =>
        Task.WhenAll(
            register.AddAsync(request, role, what, StaffActionEntity.AboutOrder(order.Id), cancellation), TellAsync(register, role, what, order, cancellation));

    /// <summary>Lets the customer of an order know what staff did with it; nobody, once the account is gone. One storage call.</summary>
    public static Task TellAsync(StaffRegister register, string role, string what, Order order, CancellationToken cancellation) =>
        order.LeadsToNobody ? Task.CompletedTask : register.TellAsync(order.AccountId, role, what, order.Number, cancellation);

    /// <returns>Which of these roles the caller has.</returns>
    public static string RoleOf(HttpRequest request, params string[] roles) => roles.First(request.HttpContext.User.IsInRole);

    /// <returns>True when the caller has placed it, whatever else they are.</returns>
    public static bool IsOwn(HttpRequest request, Order order) => order.AccountId == Caller.Of(request).AccountId;
}
