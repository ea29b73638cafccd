namespace Shop.Packages.Tests.Identity;

internal static class Settings
{
    /// <summary>
    /// For an authority at <c>http://</c>. The issuer is named because it would otherwise be looked up, and that look-up
    /// insists on HTTPS whatever RequireHttpsMetadata says.
    /// </summary>
    public static Dictionary<string, string?> ForPlainHttp(Authority authority) => new()
    {
        ["Instance"] = authority.Instance,
        ["TenantId"] = Authority.Tenant,
        ["ClientId"] = Authority.Client,
        ["RequireHttpsMetadata"] = "false",
        ["TokenValidationParameters:ValidIssuer"] = authority.Issuer,
    };
}
