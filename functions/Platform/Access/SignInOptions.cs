using System.ComponentModel.DataAnnotations;

namespace Shop.Functions.Platform.Access;

/// <summary>Settings <c>AzureAd__*</c>: the Entra tenant whose tokens are accepted. Microsoft.Identity.Web reads the same section.</summary>
[Discloses("Microsoft", "to sign people in (Entra): it knows them by what they give it, and this app only reads its tokens", DataClass.Identity, DataClass.Contact)]
public sealed class SignInOptions
{
    public const string Section = "AzureAd";

    /// <summary>For instance <c>https://contoso.ciamlogin.com/</c>.</summary>
    [Required(ErrorMessage = "AzureAd__Instance is missing: set the sign-in authority, for instance https://contoso.ciamlogin.com/.")]
    public string? Instance { get; set; }

    [Required(ErrorMessage = "AzureAd__TenantId is missing: set the directory (tenant) id.")]
    public string? TenantId { get; set; }

    [Required(ErrorMessage = "AzureAd__ClientId is missing: set the application (client) id of this API.")]
    public string? ClientId { get; set; }
}
