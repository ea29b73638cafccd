using System.Net.Http.Headers;
using Shop.Local.Sandboxes;
using Shop.Local.Stripe;

namespace Shop.Local.Carriers;

/// <summary>Events as the carrier sends them: one line of JSON, signed once for each secret.</summary>
internal sealed class CarrierWebhookFormat(CarrierAccount account) : IWebhookFormat
{
    public MediaTypeHeaderValue ContentType => new("application/json", "utf-8");

    public SignedWebhook Sign(SandboxEvent raised, Func<WebhookFaultKind, WebhookFault?> use)
    {
        var body = raised.Object.ToJsonString();
        var signedAt = use(WebhookFaultKind.OldTimestamp) is null ? account.Clock : account.Clock - TimeSpan.FromHours(1);
        IEnumerable<string> secrets = use(WebhookFaultKind.WrongSignature) is null ? account.Secrets : ["a-secret-that-nobody-here-has"];
        if (use(WebhookFaultKind.TwoSignatures) is not null) secrets = secrets.Prepend("the-secret-of-before-the-rotation");
        // Carriers sign in many ways; this is Stripe's, under a name of its own.
        return new(body, new Dictionary<string, string> { ["Carrier-Signature"] = WebhookSignature.Header(body, secrets, signedAt) });
    }
}
