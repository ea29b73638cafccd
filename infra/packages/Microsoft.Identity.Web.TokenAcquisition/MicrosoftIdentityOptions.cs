using Microsoft.AspNetCore.Authentication;

namespace Microsoft.Identity.Web;

/// <summary>
/// Which authority's tokens an API takes, and as which client. The vendor's class gets the first four members from
/// OpenIdConnectOptions, whose package the registry lacks too.
/// </summary>
public class MicrosoftIdentityOptions : RemoteAuthenticationOptions
{
    /// <summary>The authority's whole address. If set, it is used instead of <see cref="Instance"/> and <see cref="TenantId"/>.</summary>
    public string? Authority { get; set; }

    /// <summary>The API's own application id; tokens must be issued for it.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>The authority's address without the tenant, such as <c>https://login.microsoftonline.com/</c>.</summary>
    public string Instance { get; set; } = null!;

    public string? TenantId { get; set; }

    public string? Domain { get; set; }

    public string? EditProfilePolicyId { get; set; }

    public string? SignUpSignInPolicyId { get; set; }

    public string? ResetPasswordPolicyId { get; set; }

    public string? DefaultUserFlow => SignUpSignInPolicyId;

    /// <summary>Takes tokens that carry neither a scope nor a role, for an API that knows its callers by a list of its own.</summary>
    public bool AllowWebApiToBeAuthorizedByACL { get; set; }
}
