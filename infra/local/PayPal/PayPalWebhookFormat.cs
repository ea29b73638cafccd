using System.Globalization;
using System.Net.Http.Headers;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Events as PayPal sends them: one line of JSON, and a signature with the address of the certificate it is checked with.</summary>
internal sealed class PayPalWebhookFormat(PayPalAccount account) : IWebhookFormat, IDisposable
{
    private readonly SigningCertificates _certificates = new(account.Clock);
    private readonly Lazy<SigningCertificates> _foreign = new(() => new SigningCertificates(account.Clock));

    public IReadOnlyList<string> WebhookIds { get; } =
        account.Options.WebhookIds.Count > 0 ? account.Options.WebhookIds : [account.NextNumber()];

    public string RootPem => _certificates.RootPem;

    public MediaTypeHeaderValue ContentType => new("application/json");

    private string CertificateUrl => $"{Links.Api}/v1/notifications/certs/{_certificates.IdAt(account.Clock)}";

    /// <returns>Null when there is no such certificate.</returns>
    public string? PemOf(string certificateId) =>
        _certificates.PemOf(certificateId) ?? (_foreign.IsValueCreated ? _foreign.Value.PemOf(certificateId) : null);

    public SignedWebhook Sign(SandboxEvent raised, Func<WebhookFaultKind, WebhookFault?> use)
    {
        var body = RenderOrder.Text(RenderEvent.Event(raised));
        var transmission = Guid.NewGuid().ToString();
        var time = account.Clock.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var webhook = use(WebhookFaultKind.WrongWebhookId) is null ? WebhookIds[0] : "1AB23456CD789012E";
        var signedBody = use(WebhookFaultKind.WrongSignature) is null ? body : body + " ";
        return new SignedWebhook(body, new Dictionary<string, string>
        {
            ["PAYPAL-TRANSMISSION-ID"] = transmission,
            ["PAYPAL-TRANSMISSION-TIME"] = time,
            ["PAYPAL-TRANSMISSION-SIG"] = SigningCertificates.Sign(PayPalSignature.Message(transmission, time, webhook, signedBody)),
            ["PAYPAL-CERT-URL"] = UrlFor(use),
            ["PAYPAL-AUTH-ALGO"] = "SHA256withRSA",
            ["PAYPAL-AUTH-VERSION"] = "v2",
            ["CORRELATION-ID"] = transmission.Replace("-", "", StringComparison.Ordinal)[..13],
            ["User-Agent"] = "PayPal/AUHD-214.0-58843736",
        });
    }

    /// <summary>What PayPal answers when it is asked whether a delivery is its own.</summary>
    /// <param name="transmission">The members of the request.</param>
    /// <param name="body">The delivery's text as it stands in the request.</param>
    public bool Verify(Body transmission, string body)
    {
        var id = transmission.RequiredText("transmission_id", 50);
        var time = transmission.RequiredText("transmission_time", 100);
        var webhook = transmission.RequiredText("webhook_id", 50);
        var signature = transmission.RequiredText("transmission_sig", 500);
        var url = transmission.RequiredText("cert_url", 500);
        var algorithm = transmission.RequiredText("auth_algo", 100);
        return WebhookIds.Contains(webhook) && url == CertificateUrl && algorithm == "SHA256withRSA"
            && SigningCertificates.IsSigned(PayPalSignature.Message(id, time, webhook, body), signature);
    }

    public void Dispose()
    {
        _certificates.Dispose();
        if (_foreign.IsValueCreated)
            _foreign.Value.Dispose();
    }

    private string UrlFor(Func<WebhookFaultKind, WebhookFault?> use)
    {
        if (use(WebhookFaultKind.ForeignCertificateHost) is not null)
            return $"https://api.sandbox.paypal.com.example.net/v1/notifications/certs/{_certificates.IdAt(account.Clock)}";
        if (use(WebhookFaultKind.ForeignCertificate) is not null)
            return $"{Links.Api}/v1/notifications/certs/{_foreign.Value.IdAt(account.Clock)}";
        return use(WebhookFaultKind.HttpCertificateUrl) is null ? CertificateUrl : CertificateUrl.Replace("https://", "http://", StringComparison.Ordinal);
    }
}
