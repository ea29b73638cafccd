using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.PayPal;

/// <summary>Events as PayPal lists and sends them: the resource as it was, and what kind of thing it is.</summary>
internal static class RenderEvent
{
    public static JsonObject Event(SandboxEvent raised)
    {
        var (kind, version) = KindOf(raised.Type);
        var json = new JsonObject
        {
            ["id"] = raised.Id,
            ["event_version"] = "1.0",
            ["create_time"] = RenderOrder.Time(raised.Created).Replace("Z", ".000Z", StringComparison.Ordinal),
            ["resource_type"] = kind,
        };
        if (version is not null)
            json["resource_version"] = version;
        json["event_type"] = raised.Type;
        json["summary"] = Summary(raised);
        json["resource"] = raised.Object.DeepClone();
        json["links"] = new JsonArray(
            Links.Get($"/v1/notifications/webhooks-events/{raised.Id}", "self"),
            Links.Post($"/v1/notifications/webhooks-events/{raised.Id}/resend", "resend"));
        return json;
    }

    private static (string Kind, string? Version) KindOf(string type) => type switch
    {
        "PAYMENT.CAPTURE.REFUNDED" or "PAYMENT.CAPTURE.REVERSED" => ("refund", "2.0"),
        _ when type.StartsWith("PAYMENT.REFUND.", StringComparison.Ordinal) => ("refund", "2.0"),
        _ when type.StartsWith("PAYMENT.CAPTURE.", StringComparison.Ordinal) => ("capture", "2.0"),
        _ when type.StartsWith("CUSTOMER.DISPUTE.", StringComparison.Ordinal) => ("dispute", null),
        _ => ("checkout-order", "2.0"),
    };

    private static string Summary(SandboxEvent raised)
    {
        var money = raised.Object["amount"] is { } amount ? $"{amount["value"]} {amount["currency_code"]}" : "";
        return raised.Type switch
        {
            "CHECKOUT.ORDER.APPROVED" => "An order has been approved by buyer",
            "CHECKOUT.ORDER.COMPLETED" => "Checkout Order Completed",
            "CHECKOUT.PAYMENT-APPROVAL.REVERSED" => "A payment approval has been reversed",
            "PAYMENT.CAPTURE.COMPLETED" => $"Payment completed for {money}",
            "PAYMENT.CAPTURE.PENDING" => $"Payment pending for {money}",
            "PAYMENT.CAPTURE.DENIED" => $"Payment denied for {money}",
            "PAYMENT.CAPTURE.REFUNDED" => $"A {money} capture payment was refunded",
            "PAYMENT.CAPTURE.REVERSED" => $"A {money} capture payment was reversed",
            "PAYMENT.REFUND.PENDING" => $"A {money} refund is pending",
            "PAYMENT.REFUND.FAILED" => $"A {money} refund has failed",
            "CUSTOMER.DISPUTE.CREATED" => "A new dispute opened with Case # " + raised.Object["dispute_id"],
            "CUSTOMER.DISPUTE.UPDATED" => "Dispute updated with Case # " + raised.Object["dispute_id"],
            "CUSTOMER.DISPUTE.RESOLVED" => "A dispute was resolved with Case # " + raised.Object["dispute_id"],
            _ => raised.Type,
        };
    }
}
