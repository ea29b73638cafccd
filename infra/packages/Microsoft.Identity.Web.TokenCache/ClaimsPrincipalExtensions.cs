using System.Security.Claims;

namespace Microsoft.Identity.Web;

/// <summary>
/// Reads what Entra says about a signed-in person, under the short name of a claim or the long one that older handlers
/// map it to. An absent or empty claim reads as null.
/// </summary>
public static class ClaimsPrincipalExtensions
{
    private const string Claims = "http://schemas.microsoft.com/identity/claims/";
    private const string PersonalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /// <summary>The person's id in the tenant, the same for every app: what to keep accounts by.</summary>
    public static string? GetObjectId(this ClaimsPrincipal claimsPrincipal) =>
        First(claimsPrincipal, "oid", Claims + "objectidentifier");

    public static string? GetTenantId(this ClaimsPrincipal claimsPrincipal) =>
        First(claimsPrincipal, "tid", Claims + "tenantid");

    /// <summary>The name that the person signs in with, else the display name. It can change, so it identifies nobody.</summary>
    public static string? GetDisplayName(this ClaimsPrincipal claimsPrincipal) =>
        First(claimsPrincipal, "preferred_username", ClaimsIdentity.DefaultNameClaimType, "name");

    public static string? GetLoginHint(this ClaimsPrincipal claimsPrincipal) => GetDisplayName(claimsPrincipal);

    /// <returns><c>consumers</c> for a personal Microsoft account, <c>organizations</c> for any other tenant.</returns>
    public static string? GetDomainHint(this ClaimsPrincipal claimsPrincipal)
    {
        var tenant = GetTenantId(claimsPrincipal);
        return string.IsNullOrWhiteSpace(tenant) ? null
            : tenant.Equals(PersonalAccounts, StringComparison.OrdinalIgnoreCase) ? "consumers"
            : "organizations";
    }

    public static string? GetUserFlowId(this ClaimsPrincipal claimsPrincipal) =>
        First(claimsPrincipal, "tfp", "http://schemas.microsoft.com/claims/authnclassreference");

    /// <summary>The person's id in the tenant that the account belongs to, for a guest of this tenant.</summary>
    public static string? GetHomeObjectId(this ClaimsPrincipal claimsPrincipal) => First(claimsPrincipal, "uid");

    public static string? GetHomeTenantId(this ClaimsPrincipal claimsPrincipal) => First(claimsPrincipal, "utid");

    public static string? GetNameIdentifierId(this ClaimsPrincipal claimsPrincipal) =>
        First(claimsPrincipal, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier");

    /// <returns><c>{home object id}.{home tenant id}</c>, or null unless both are known.</returns>
    public static string? GetMsalAccountId(this ClaimsPrincipal claimsPrincipal) =>
        (GetHomeObjectId(claimsPrincipal), GetHomeTenantId(claimsPrincipal)) is ({ } person, { } tenant)
        && !string.IsNullOrWhiteSpace(person) && !string.IsNullOrWhiteSpace(tenant)
            ? $"{person}.{tenant}"
            : null;

    private static string? First(ClaimsPrincipal principal, params ReadOnlySpan<string> types)
    {
        ArgumentNullException.ThrowIfNull(principal, "claimsPrincipal");
        foreach (var type in types)
        {
            if (principal.FindFirst(type)?.Value is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
