using System.Net.Http.Headers;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>Events as Stripe sends them: many lines of JSON, signed once for each secret.</summary>
internal sealed class StripeWebhookFormat(StripeAccount account) : IWebhookFormat
{
    public IReadOnlyList<string> Secrets { get; } =
        account.Options.WebhookSecrets.Count > 0 ? account.Options.WebhookSecrets : [account.NextId("whsec_", 32)];

    public MediaTypeHeaderValue ContentType => new("application/json", "utf-8");

    public SignedWebhook Sign(SandboxEvent raised, Func<WebhookFaultKind, WebhookFault?> use)
    {
        var version = use(WebhookFaultKind.OtherApiVersion)?.ApiVersion ?? StripeAccount.ApiVersion;
        var body = Render.Text(Render.Event(raised, version, pendingWebhooks: 1));
        var now = account.Clock;
        var signedAt = use(WebhookFaultKind.OldTimestamp) is null ? now : now - TimeSpan.FromHours(1);
        IEnumerable<string> secrets = use(WebhookFaultKind.WrongSignature) is null ? Secrets : ["whsec_that_nobody_has"];
        if (use(WebhookFaultKind.TwoSignatures) is not null)
            secrets = secrets.Prepend("whsec_of_before_the_rotation");
        return new SignedWebhook(body, new Dictionary<string, string>
        {
            ["Stripe-Signature"] = WebhookSignature.Header(body, secrets, signedAt, account.Options.SignWithV0),
            ["User-Agent"] = "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        });
    }
}
