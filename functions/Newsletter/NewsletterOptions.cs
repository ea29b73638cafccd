using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Newsletter;

/// <summary>Settings <c>Newsletter__*</c>: the mailing provider that keeps the list.</summary>
public sealed class NewsletterOptions : IValidatableObject
{
    public const string Section = "Newsletter";

    /// <summary>The access token that the provider gave the shop (OAuth 2).</summary>
    [Secret]
    public string ApiKey { get; set; } = "";

    /// <summary>The list's id at the provider.</summary>
    public string ListId { get; set; } = "";

    /// <summary>Another server that speaks the provider's protocol; empty for the provider's own.</summary>
    public string? ApiBase { get; set; }

    /// <summary>Whether the token is one: after a first deployment it is still a reference that leads nowhere.</summary>
    public bool IsSetUp => ApiKey.Length > 0 && !VaultReference.IsUnresolved(ApiKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKey.Length == 0) yield return new("Newsletter__ApiKey is missing: set the access token of the mailing provider.");
        if (ListId.Length == 0 || !ListId.All(char.IsAsciiLetterOrDigit)) yield return new("Newsletter__ListId is missing or no list's id: set the id that the mailing provider has for the list.");
        if (string.IsNullOrEmpty(ApiBase)) yield break;
        if (!Uri.TryCreate(ApiBase, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            yield return new("Newsletter__ApiBase is no https address: leave it out for the provider's own.");
    }
}
