using System.Net.Http.Headers;

namespace Shop.Local.Sandboxes;

/// <summary>How a provider writes its events down and signs them.</summary>
internal interface IWebhookFormat
{
    /// <summary>The value of <c>Content-Type</c>.</summary>
    MediaTypeHeaderValue ContentType { get; }

    /// <summary>Called with the account's lock held.</summary>
    /// <param name="use">Takes a fault of this kind if one is waiting for this event.</param>
    SignedWebhook Sign(SandboxEvent raised, Func<WebhookFaultKind, WebhookFault?> use);
}
