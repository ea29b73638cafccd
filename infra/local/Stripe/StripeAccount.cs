using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>The one account at the sandbox.</summary>
internal sealed class StripeAccount(StripeSandboxOptions options) : SandboxAccount<StripeState>(options, new StateLog(options.DataDirectory, "stripe"))
{
    /// <summary>The version that the app's library reads: said nowhere else.</summary>
    public static readonly string ApiVersion = global::Stripe.StripeConfiguration.ApiVersion;

    public StripeSandboxOptions Options => options;

    /// <summary>Notes an event about the object as it is at this moment.</summary>
    public SandboxEvent Raise(string type, JsonObject subject, Cause cause, JsonObject? previous = null)
    {
        var raised = new SandboxEvent
        {
            Id = NextId("evt_3"),
            Created = Now,
            Type = type,
            Object = subject,
            PreviousAttributes = previous,
            RequestId = cause.RequestId,
            IdempotencyKey = cause.IdempotencyKey,
        };
        Add(raised);
        return raised;
    }
}
