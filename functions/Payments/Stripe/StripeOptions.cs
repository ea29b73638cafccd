using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments.Stripe;

/// <summary>Settings <c>Stripe__*</c>.</summary>
public sealed class StripeOptions : IValidatableObject
{
    public const string Section = "Stripe";

    /// <summary><c>sk_test_…</c>, <c>sk_live_…</c> or a restricted <c>rk_…</c>.</summary>
    [Secret]
    public string ApiKey { get; set; } = "";

    /// <summary>The signing secrets of the webhook endpoint: the current one, and the one before while it is being rotated.</summary>
    [Secret]
    public IList<string> WebhookSecrets { get; set; } = [];

    /// <summary>Another server that speaks Stripe's protocol, for instance the local sandbox; empty for Stripe's own.</summary>
    public string? ApiBase { get; set; }

    /// <summary>Whether the key moves real money; events of the other kind are not for this deployment.</summary>
    public bool IsLive => ApiKey.StartsWith("sk_live_", StringComparison.Ordinal) || ApiKey.StartsWith("rk_live_", StringComparison.Ordinal);

    /// <summary>Whether every secret is one: after a first deployment they are still references that lead nowhere.</summary>
    public bool IsSetUp => !VaultReference.IsUnresolved(ApiKey) && !WebhookSecrets.Any(VaultReference.IsUnresolved);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ApiKey.Length == 0 || ApiKey.Any(char.IsWhiteSpace))
            yield return new("Stripe__ApiKey is missing or has blanks in it: set the secret key from Stripe's dashboard (sk_test_… or sk_live_…).");
        if (WebhookSecrets.Count == 0)
            yield return new("Stripe__WebhookSecrets__0 is missing: set the signing secret of the webhook endpoint (whsec_…).");
        for (var i = 0; i < WebhookSecrets.Count; i++)
        {
            // A blank secret would let anyone sign, and other kinds of secret verify nothing.
            if (VaultReference.IsUnresolved(WebhookSecrets[i])) continue;
            if (WebhookSecrets[i].Length <= "whsec_".Length || !WebhookSecrets[i].StartsWith("whsec_", StringComparison.Ordinal))
                yield return new($"Stripe__WebhookSecrets__{i} is not a webhook signing secret: it begins with whsec_.");
        }

        if (!string.IsNullOrEmpty(ApiBase) && !IsBase(ApiBase))
            yield return new("Stripe__ApiBase must be https, or http on this machine, without a slash at the end; leave it out to use Stripe itself.");
        if (!string.IsNullOrEmpty(ApiBase) && IsLive)
            yield return new("Stripe__ApiBase must not be set together with a live Stripe__ApiKey.");
    }

    private static bool IsBase(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && !text.EndsWith('/');
}
