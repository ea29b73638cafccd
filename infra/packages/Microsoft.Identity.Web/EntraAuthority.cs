using Microsoft.AspNetCore.Http;

namespace Microsoft.Identity.Web;

/// <summary>The authority's address, from whichever of the options say it.</summary>
internal static class EntraAuthority
{
    private const string ExternalIdSuffix = ".ciamlogin.com";

    public static bool IsB2C(MicrosoftIdentityOptions options) => !string.IsNullOrWhiteSpace(options.DefaultUserFlow);

    /// <exception cref="ArgumentNullException">A setting that the address depends on is missing.</exception>
    public static void ThrowIfIncomplete(MicrosoftIdentityOptions options)
    {
        ThrowIfMissing(options.ClientId, nameof(options.ClientId));
        if (string.IsNullOrEmpty(options.Authority))
        {
            ThrowIfMissing(options.Instance, nameof(options.Instance));
            if (IsB2C(options))
            {
                ThrowIfMissing(options.Domain, nameof(options.Domain));
            }
            else
            {
                ThrowIfMissing(options.TenantId, nameof(options.TenantId));
            }
        }
    }

    /// <summary><c>{Instance}/{TenantId}/v2.0</c>, or with domain and user flow for B2C.</summary>
    public static string Of(MicrosoftIdentityOptions options)
    {
        var instance = new Uri(options.Instance);
        var tenant = IsB2C(options) ? $"{options.Domain}/{options.DefaultUserFlow}" : options.TenantId;
        return new Uri(instance, new PathString($"{instance.PathAndQuery}{tenant}/v2.0")).ToString();
    }

    /// <summary>An address as it was set, without its query; External ID's bare host gets its tenant.</summary>
    public static string Of(string authority)
    {
        var query = authority.IndexOf('?', StringComparison.Ordinal);
        var address = query < 0 ? authority : authority[..query];
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.AbsolutePath != "/"
            || !uri.Host.EndsWith(ExternalIdSuffix, StringComparison.OrdinalIgnoreCase))
        {
            return address;
        }

        return new Uri(uri, $"/{uri.Host[..^ExternalIdSuffix.Length]}.onmicrosoft.com").ToString();
    }

    public static string OfVersion2(string authority)
    {
        var address = authority.Trim().TrimEnd('/');
        return address.EndsWith("v2.0", StringComparison.Ordinal) ? address : address + "/v2.0";
    }

    private static void ThrowIfMissing(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentNullException(name, $"IDW10106: The setting '{name}' is missing.");
        }
    }
}
