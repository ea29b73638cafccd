using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Platform.Access;

/// <summary>The app roles that staff hold; Entra puts them into the token's <c>roles</c>.</summary>
public static class StaffRoles
{
    /// <summary>Sends parcels.</summary>
    public const string Fulfilment = "Shop.Fulfilment";

    /// <summary>Decides about money.</summary>
    public const string Finance = "Shop.Finance";

    /// <summary>Answers for personal data.</summary>
    public const string Privacy = "Shop.Privacy";

    /// <summary>Runs the service.</summary>
    public const string Operator = "Shop.Operator";

    /// <summary>For a function that anyone may call and that tells some people more.</summary>
    /// <returns>False for whoever has not signed in, or not rightly.</returns>
    public static async Task<bool> IsHeldByAsync(HttpContext http, string role) =>
        http.Request.Headers.Authorization.Count > 0
        && await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme) is { Succeeded: true, Principal: var person } && person.IsInRole(role);

    /// <returns>What a record calls the role, for instance <c>finance</c>.</returns>
    public static string NameOf(string role) => role[(role.IndexOf('.', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
}
