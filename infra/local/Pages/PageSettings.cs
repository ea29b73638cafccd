using Microsoft.Extensions.Configuration;

namespace Shop.Local.Pages;

/// <summary>What the pages must be told: <c>/shared/settings.json</c>. Nothing in it is secret.</summary>
/// <param name="Authority">The OpenID Connect authority, for instance <c>http://127.0.0.1:7072/{tenant}/v2.0</c>.</param>
/// <param name="ClientId">The application that signs in.</param>
/// <param name="StripeSandbox">The sandbox's control page; null when payments go to Stripe itself.</param>
/// <param name="PayPalSandbox">The same for PayPal.</param>
/// <param name="Mails">What the shop has sent, for reading; null when a mail server takes it.</param>
internal sealed record PageSettings(Uri Authority, string ClientId, Uri? StripeSandbox, Uri? PayPalSandbox, Uri? Mails)
{
    /// <summary>As the pages read it, with the scope that makes the access token one for this API.</summary>
    public object ForThePages => new
    {
        Authority = Authority.ToString(),
        ClientId,
        Scope = $"openid profile offline_access api://{ClientId}/Shop.Access",
        StripeSandbox = StripeSandbox?.ToString(),
        PayPalSandbox = PayPalSandbox?.ToString(),
        Mails = Mails?.ToString(),
    };

    public static PageSettings Of(IConfiguration configuration, Uri? stripeSandbox, Uri? payPalSandbox, Uri? mails)
    {
        var tenant = configuration["AzureAd:TenantId"]!;
        return new(new Uri($"{configuration["AzureAd:Instance"]!.TrimEnd('/')}/{tenant}/v2.0"), configuration["AzureAd:ClientId"]!, stripeSandbox, payPalSandbox, mails);
    }
}
