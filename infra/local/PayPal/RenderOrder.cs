using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>Orders as the API and its events show them. Members that are not in use are left out, as in the real ones.</summary>
internal static class RenderOrder
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>On one line, letters beyond ASCII as they are: whoever verifies over something re-serialised finds out here.</summary>
    public static string Text(JsonNode json) => json.ToJsonString(Compact);

    public static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static JsonObject Order(PayPalState state, Order order, Uri page)
    {
        var json = new JsonObject { ["id"] = order.Id, ["intent"] = "CAPTURE", ["status"] = order.Status };
        if (order.HasSource || order.PayerId is not null)
            json["payment_source"] = new JsonObject { ["paypal"] = order.PayerId is null ? [] : Wallet(order) };
        json["purchase_units"] = new JsonArray(Unit(state, order));
        if (order.PayerId is not null)
            json["payer"] = Payer(order);
        json["create_time"] = Time(order.Created);
        json["update_time"] = Time(order.Updated);
        json["links"] = LinksOf(order, page);
        return json;
    }

    /// <summary>What <c>Prefer: return=minimal</c> promises.</summary>
    public static JsonObject Minimal(JsonObject whole)
    {
        var json = new JsonObject();
        foreach (var name in (string[])["id", "status", "links"])
            json[name] = whole[name]?.DeepClone();
        return json;
    }

    public static JsonArray LinksOf(Order order, Uri page)
    {
        var path = $"/v2/checkout/orders/{order.Id}";
        var links = new JsonArray(Links.Get(path, "self"));
        switch (order.Status)
        {
            case "PAYER_ACTION_REQUIRED":
                links.Add(Links.Of(page.ToString(), "payer-action", "GET"));
                break;
            case "CREATED":
                links.Add(Links.Of(page.ToString(), "approve", "GET"));
                links.Add(Links.Of(Links.Api + path, "update", "PATCH"));
                links.Add(Links.Post($"{path}/capture", "capture"));
                break;
            case "APPROVED":
                links.Add(Links.Of(Links.Api + path, "update", "PATCH"));
                links.Add(Links.Post($"{path}/capture", "capture"));
                break;
        }

        return links;
    }

    private static JsonObject Unit(PayPalState state, Order order)
    {
        var unit = (JsonObject)order.Unit.DeepClone();
        unit["payee"] = new JsonObject { ["email_address"] = "merchant@example.com", ["merchant_id"] = PayPalAccount.MerchantId };
        if (order.CaptureId is null)
            return unit;
        var capture = state.Captures[order.CaptureId];
        var payments = new JsonObject { ["captures"] = new JsonArray(RenderPayment.Capture(state, capture, full: false)) };
        var refunds = state.Refunds.Values.Where(refund => refund.CaptureId == capture.Id).Select(refund => RenderPayment.Refund(state, refund)).ToArray();
        if (refunds.Length > 0)
            payments["refunds"] = new JsonArray([.. refunds]);
        unit["payments"] = payments;
        return unit;
    }

    private static JsonObject Wallet(Order order) => new()
    {
        ["email_address"] = order.PayerEmail,
        ["account_id"] = order.PayerId,
        ["account_status"] = "VERIFIED",
        ["name"] = Name(order),
        ["address"] = new JsonObject { ["country_code"] = "GB" },
        // Genuine deliveries have empty objects too; some languages write them back as [].
        ["attributes"] = new JsonObject(),
    };

    private static JsonObject Payer(Order order) => new()
    {
        ["name"] = Name(order),
        ["email_address"] = order.PayerEmail,
        ["payer_id"] = order.PayerId,
        ["address"] = new JsonObject { ["country_code"] = "GB" },
    };

    private static JsonObject Name(Order order)
    {
        var parts = (order.PayerName ?? "").Split(' ', 2);
        return new JsonObject { ["given_name"] = parts[0], ["surname"] = parts.Length > 1 ? parts[1] : "" };
    }
}
