using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.Checkouts;

/// <summary>Settings <c>Storefront__*</c>: the web shop this backend serves.</summary>
public sealed class StorefrontOptions : IValidatableObject
{
    public const string Section = "Storefront";

    private const int LongestUrl = 1000;

    /// <summary>For instance <c>https://www.example.com</c>: customers are only ever sent back to one of these.</summary>
    [MinLength(1, ErrorMessage = "Storefront__Origins__0 is missing: name the storefront's origin, for instance https://www.example.com.")]
    public IList<string> Origins { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Origins
        .Select((origin, i) => (origin, i))
        .Where(entry => !IsOrigin(entry.origin))
        .Select(entry => new ValidationResult(
            $"Storefront__Origins__{entry.i} must be an origin (scheme, host and port, nothing after it), https unless it is this machine."));

    /// <summary>Where a customer is sent must be on the storefront: anything else would be an open redirect.</summary>
    public void Check(Validation validation, string? url, string path)
    {
        // Browsers drop line ends and tabs from addresses and read a backslash as a slash: they might go elsewhere than what is checked here. Providers
        // refuse what is not ASCII.
        if (url is null) validation.Add(path, "An address on the storefront is needed.");
        else if (url.Any(c => c is <= ' ' or >= '\x7f' or '\\'))
            validation.Add(path, "Blanks, control characters, backslashes and characters beyond ASCII are not allowed: write them as %20.");
        else if (url.Length > LongestUrl) validation.Add(path, $"At most {LongestUrl} characters.");
        else if (!IsOnStorefront(url)) validation.Add(path, "An address on the storefront is needed.");
    }

    private bool IsOnStorefront(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && Origins.Contains(uri.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase);
}
