using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>The one merchant at the sandbox.</summary>
internal sealed class PayPalAccount(PayPalSandboxOptions options) : SandboxAccount<PayPalState>(options, "paypal")
{
    public const string MerchantId = "SHOPSANDBOX24";

    public PayPalSandboxOptions Options => options;

    /// <summary>17 capitals and digits, as orders, captures and refunds have.</summary>
    public string NextNumber() => NextId("", 17, radix: 36);

    /// <summary>Notes an event about the resource as it is at this moment.</summary>
    public void Raise(string type, JsonObject resource)
    {
        var raised = new SandboxEvent
        {
            Id = $"{NextId("WH-", 17, radix: 36)}-{NextNumber()}",
            Created = Now,
            Type = type,
            Object = resource,
        };
        Add(raised);
    }
}
