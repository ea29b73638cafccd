using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments.PayPal;

/// <summary>Settings <c>PayPal__*</c>.</summary>
public sealed class PayPalOptions : IValidatableObject
{
    public const string Section = "PayPal";

    private const int LongestBrandName = 127;

    /// <summary>Of the REST app in PayPal's developer dashboard.</summary>
    public string ClientId { get; set; } = "";

    [Secret]
    public string ClientSecret { get; set; } = "";

    /// <summary>The ids of the webhook that delivers here: the current one, and others while one is being replaced.</summary>
    [Secret]
    public IList<string> WebhookIds { get; set; } = [];

    /// <summary>Whether real money moves: PayPal's live hosts instead of its sandbox. The client id does not tell.</summary>
    public bool Live { get; set; }

    public PayPalVerification Verification { get; set; }

    /// <summary>What PayPal's pages call the shop; empty for the name of the PayPal account.</summary>
    public string? BrandName { get; set; }

    /// <summary>Another server that speaks PayPal's protocol, for instance the local sandbox; empty for PayPal's own.</summary>
    public string? ApiBase { get; set; }

    /// <summary>PEM; the root of the local sandbox's webhook certificates, trusted besides nothing else. Empty for the public roots.</summary>
    public string? SandboxRootCertificate { get; set; }

    /// <summary>Whether secret and webhook ids are what they should be: after a first deployment they are still references that lead nowhere.</summary>
    public bool IsSetUp => !VaultReference.IsUnresolved(ClientSecret) && !WebhookIds.Any(VaultReference.IsUnresolved);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId.Length == 0 || ClientId.Any(char.IsWhiteSpace))
            yield return new("PayPal__ClientId is missing or has blanks in it: set the client id of the REST app from PayPal's developer dashboard.");
        if (ClientSecret.Length == 0 || ClientSecret.Any(char.IsWhiteSpace))
            yield return new("PayPal__ClientSecret is missing or has blanks in it: set the secret of the REST app from PayPal's developer dashboard.");
        if (WebhookIds.Count == 0)
            yield return new("PayPal__WebhookIds__0 is missing: set the id of the webhook from PayPal's developer dashboard.");
        for (var i = 0; i < WebhookIds.Count; i++)
        {
            if (VaultReference.IsUnresolved(WebhookIds[i])) continue;
            // WEBHOOK_ID is what PayPal's simulator signs with, for anybody who asks it to.
            if (WebhookIds[i].Length == 0 || WebhookIds[i] == "WEBHOOK_ID" || !WebhookIds[i].All(char.IsAsciiLetterOrDigit))
                yield return new($"PayPal__WebhookIds__{i} is not the id of a webhook: it is made of letters and digits.");
        }

        if (!Enum.IsDefined(Verification)) yield return new("PayPal__Verification must be Offline or Postback.");
        if (BrandName?.Length > LongestBrandName) yield return new($"PayPal__BrandName may have {LongestBrandName} characters at most.");
        foreach (var problem in SandboxProblems()) yield return new(problem);
    }

    private IEnumerable<string> SandboxProblems()
    {
        if (!string.IsNullOrEmpty(ApiBase))
        {
            if (!IsBase(ApiBase))
                yield return "PayPal__ApiBase must be https, or http on this machine, without a path; leave it out to use PayPal itself.";
            if (Live) yield return "PayPal__ApiBase must not be set together with PayPal__Live.";
        }

        if (string.IsNullOrEmpty(SandboxRootCertificate)) yield break;
        if (Live) yield return "PayPal__SandboxRootCertificate must not be set together with PayPal__Live: anybody who has its key could sign events.";
        if (!LocalRoot.IsCertificate(SandboxRootCertificate)) yield return "PayPal__SandboxRootCertificate is not a certificate in PEM.";
    }

    private static bool IsBase(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
