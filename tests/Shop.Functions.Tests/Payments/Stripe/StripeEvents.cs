using System.Text.Json;
using System.Text.Json.Nodes;
using Stripe;

namespace Shop.Functions.Tests.Payments.Stripe;

/// <summary>Events with the members that Stripe's have, written for these tests.</summary>
public static class StripeEvents
{
    public const long Created = 1_795_000_000;

    /// <summary>As the shop gives them out: 26 characters of base 32.</summary>
    public const string OrderId = "0123456789abcdefghjkmnpqrs";

    /// <summary>Stands for the version that the library reads, where a test asks for no other.</summary>
    public const string Current = "current";

    public static string Session(
        string type,
        string status = "complete",
        string paymentStatus = "paid",
        string? intent = "pi_1",
        string? orderId = StripeEvents.OrderId,
        bool live = false,
        string? version = StripeEvents.Current,
        Action<JsonObject>? change = null)
    {
        var session = new JsonObject
        {
            ["id"] = "cs_test_1",
            ["object"] = "checkout.session",
            ["amount_subtotal"] = 12_000,
            ["amount_total"] = 12_000,
            ["client_reference_id"] = orderId,
            ["created"] = Created - 60,
            ["currency"] = "gbp",
            ["expires_at"] = Created + 3_600,
            ["livemode"] = live,
            ["metadata"] = orderId is null ? new JsonObject() : new JsonObject { ["order_id"] = orderId, ["attempt"] = "1" },
            ["mode"] = "payment",
            ["payment_intent"] = intent,
            ["payment_status"] = paymentStatus,
            ["status"] = status,
            ["url"] = null,
        };
        change?.Invoke(session);
        return Event(type, session, live, version);
    }

    public static string Intent(string type, string orderId = StripeEvents.OrderId) => Event(type, new JsonObject
    {
        ["id"] = "pi_1",
        ["object"] = "payment_intent",
        ["amount"] = 12_000,
        ["amount_capturable"] = 0,
        ["amount_received"] = 12_000,
        ["created"] = Created,
        ["currency"] = "gbp",
        ["livemode"] = false,
        ["metadata"] = new JsonObject { ["order_id"] = orderId },
        ["status"] = "succeeded",
    });

    public static string Refund(string type, string status, string? orderId = null) => Event(type, new JsonObject
    {
        ["id"] = "re_1",
        ["object"] = "refund",
        ["amount"] = 500,
        ["charge"] = "ch_1",
        ["created"] = Created,
        ["currency"] = "gbp",
        ["metadata"] = orderId is null ? new JsonObject() : new JsonObject { ["order_id"] = orderId },
        ["payment_intent"] = "pi_1",
        ["status"] = status,
    });

    /// <param name="movements">Amounts of the balance transactions: null leaves them out.</param>
    public static string Dispute(string type, string status, string caseType = "chargeback", long[]? movements = null) => Event(type, new JsonObject
    {
        ["id"] = "dp_1",
        ["object"] = "dispute",
        ["amount"] = 12_000,
        ["charge"] = "ch_1",
        ["created"] = Created,
        ["currency"] = "gbp",
        ["is_charge_refundable"] = false,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = "pi_1",
        ["payment_method_details"] = new JsonObject { ["card"] = new JsonObject { ["brand"] = "visa", ["case_type"] = caseType }, ["type"] = "card" },
        ["balance_transactions"] = movements is null ? null : new JsonArray([.. movements.Select((amount, i) => new JsonObject
        {
            ["id"] = $"txn_{i}", ["object"] = "balance_transaction", ["amount"] = amount, ["available_on"] = Created, ["created"] = Created, ["currency"] = "gbp", ["fee"] = 0, ["net"] = amount,
        })]),
        ["reason"] = "fraudulent",
        ["status"] = status,
    });

    private static string Event(string type, JsonObject data, bool live = false, string? version = StripeEvents.Current) => new JsonObject
    {
        ["id"] = "evt_1",
        ["object"] = "event",
        ["api_version"] = version == Current ? StripeConfiguration.ApiVersion : version,
        ["created"] = Created,
        ["data"] = new JsonObject { ["object"] = data },
        ["livemode"] = live,
        ["pending_webhooks"] = 1,
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
        ["type"] = type,
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
