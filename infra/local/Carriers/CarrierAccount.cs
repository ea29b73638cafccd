using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.Carriers;

/// <summary>What the carrier has told is all that it keeps.</summary>
internal sealed class CarrierState : SandboxState;

/// <summary>The shop's account at the carrier.</summary>
internal sealed class CarrierAccount(CarrierSandboxOptions options) : SandboxAccount<CarrierState>(options, new StateLog(options.DataDirectory, "carrier"))
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
