using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Identity.Web;

namespace Shop.Functions.Platform.Access;

/// <summary>The signed-in person of a request.</summary>
/// <param name="AccountId">The token's <c>oid</c>: it stays the same when the person's e-mail address changes.</param>
/// <param name="Email">The token's <c>email</c>, else its <c>preferred_username</c>; null when it has neither.</param>
public sealed record Caller(string AccountId, string? Email)
{
    public static Caller? Of(ClaimsPrincipal principal) =>
        principal.GetObjectId() is { Length: > 0 } id && IsKey(id)
            ? new(id, FirstOf(principal, ClaimTypes.Email, "email", "preferred_username"))
            : null;

    /// <summary>The caller of a function that is marked for signed-in people.</summary>
    /// <exception cref="InvalidOperationException">The function let the request in without asking who it is.</exception>
    public static Caller Of(HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>()
        ?? throw new InvalidOperationException("This function asks for its caller but is not marked [SignedIn] or [RequireRole].");

    private static string? FirstOf(ClaimsPrincipal principal, params ReadOnlySpan<string> claimTypes)
    {
        foreach (var type in claimTypes)
        {
            if (principal.FindFirstValue(type) is { } value) return value;
        }

        return null;
    }

    /// <returns>True when the text can be an account id: it is a table key, and these characters are not allowed in one.</returns>
    public static bool IsKey(string id) => id.Length <= 128 && !id.AsSpan().ContainsAny("/\\#?") && !id.Any(char.IsControl);
}
