using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;
using Shop.Local.Stripe;

namespace Shop.Local.Carriers;

/// <summary>What the carrier has told is all that it keeps.</summary>
internal sealed class CarrierState : SandboxState;

/// <summary>The shop's account at the carrier.</summary>
internal sealed class CarrierAccount(CarrierSandboxOptions options) : SandboxAccount<CarrierState>(options, "carrier")
{
    public string Code => options.Code;

    public IReadOnlyList<string> Secrets => options.WebhookSecrets;

    /// <summary>Notes what has happened to a parcel; called with the lock held.</summary>
    public SandboxEvent Raise(string reference, string kind, DateTimeOffset at, DateTimeOffset? expectedBy)
    {
        var id = NextId("CE", 16, radix: 36);
        var about = new JsonObject { ["id"] = id, ["reference"] = reference, ["kind"] = kind, ["at"] = at, ["depot"] = "Hatfield" };
        if (expectedBy is not null) about["expectedBy"] = expectedBy;
        var raised = new SandboxEvent { Id = id, Created = Now, Type = kind, Object = about };
        Add(raised);
        return raised;
    }
}

/// <summary>Nothing comes about by time alone.</summary>
internal sealed class CarrierClockwork(CarrierAccount account) : Clockwork(account)
{
    public override long? Next() => null;

    protected override void DoWhatIsDue()
    {
    }
}

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
