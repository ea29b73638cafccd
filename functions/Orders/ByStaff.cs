using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Orders;

/// <summary>Who of the staff did something to an order and, where it was a decision, why.</summary>
/// <param name="Role">For instance <c>finance</c>: it stays as long as the order.</param>
/// <param name="Id">The sign-in id of the member of staff: it goes when the order is restricted.</param>
/// <param name="Reason">One of the codes of what was decided.</param>
/// <param name="Note">What else there was to say: it goes with the person it is about.</param>
public sealed record ByStaff(string Role, string? Id, string? Reason = null, string? Note = null)
{
    /// <param name="role">The role that lets the caller in.</param>
    public static ByStaff Of(HttpRequest request, string role) => new(StaffRoles.NameOf(role), Caller.Of(request).AccountId);
}
