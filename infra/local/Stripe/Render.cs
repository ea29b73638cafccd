using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Local.Sandboxes;

namespace Shop.Local.Stripe;

/// <summary>Objects as the API and its events show them. Fields that are not in use are there as null, as in the real ones.</summary>
internal static class Render
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Multi-line, as Stripe sends it: whoever verifies a signature over something re-serialised finds out here.</summary>
    public static string Text(JsonNode json) => json.ToJsonString(Pretty);

    public static JsonObject Refund(Refund refund)
    {
        var json = new JsonObject
        {
            ["id"] = refund.Id,
            ["object"] = "refund",
            ["amount"] = refund.Amount,
            ["balance_transaction"] = refund.BalanceTransactionId,
            ["charge"] = refund.ChargeId,
            ["created"] = refund.Created,
            ["currency"] = refund.Currency,
            ["destination_details"] = new JsonObject
            {
                ["card"] = new JsonObject
                {
                    ["reference_status"] = "pending",
                    ["reference_type"] = "acquirer_reference_number",
                    ["type"] = "refund",
                },
                ["type"] = "card",
            },
            ["metadata"] = Metadata(refund.Metadata),
            ["payment_intent"] = refund.PaymentIntentId,
            ["reason"] = refund.Reason,
            ["receipt_number"] = null,
            ["source_transfer_reversal"] = null,
            ["status"] = refund.Status,
            ["transfer_reversal"] = null,
        };
        if (refund.Status == "pending")
            json["pending_reason"] = "processing";
        if (refund.FailureReason is not null)
            json["failure_reason"] = refund.FailureReason;
        return json;
    }

    public static JsonObject Dispute(Dispute dispute) => new()
    {
        ["id"] = dispute.Id,
        ["object"] = "dispute",
        ["amount"] = dispute.Amount,
        ["balance_transactions"] =
            new JsonArray([.. dispute.BalanceTransactionIds.Select((id, index) => BalanceTransaction(dispute, id, index))]),
        ["charge"] = dispute.ChargeId,
        ["created"] = dispute.Created,
        ["currency"] = dispute.Currency,
        ["enhanced_eligibility_types"] = new JsonArray(),
        ["evidence"] = new JsonObject(),
        ["evidence_details"] = new JsonObject
        {
            ["due_by"] = dispute.EvidenceDueBy,
            ["enhanced_eligibility"] = new JsonObject(),
            ["has_evidence"] = false,
            ["past_due"] = false,
            ["submission_count"] = 0,
        },
        ["is_charge_refundable"] = !dispute.IsWithdrawn,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = dispute.PaymentIntentId,
        ["payment_method_details"] = new JsonObject
        {
            ["card"] = new JsonObject { ["brand"] = "visa", ["case_type"] = dispute.CaseType, ["network_reason_code"] = "10.4" },
            ["type"] = "card",
        },
        ["reason"] = dispute.Reason,
        ["status"] = dispute.Status,
    };

    public static JsonObject Event(SandboxEvent raised, string apiVersion, int pendingWebhooks)
    {
        var data = new JsonObject { ["object"] = raised.Object.DeepClone() };
        if (raised.PreviousAttributes is not null)
            data["previous_attributes"] = raised.PreviousAttributes.DeepClone();
        return new JsonObject
        {
            ["id"] = raised.Id,
            ["object"] = "event",
            ["api_version"] = apiVersion,
            ["created"] = raised.Created,
            ["data"] = data,
            ["livemode"] = false,
            ["pending_webhooks"] = pendingWebhooks,
            ["request"] = new JsonObject { ["id"] = raised.RequestId, ["idempotency_key"] = raised.IdempotencyKey },
            ["type"] = raised.Type,
        };
    }

    public static JsonObject Metadata(Dictionary<string, string> metadata) =>
        new(metadata.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    public static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    public static JsonObject Address() => new()
    {
        ["city"] = null,
        ["country"] = "GB",
        ["line1"] = null,
        ["line2"] = null,
        ["postal_code"] = "SW1A 1AA",
        ["state"] = null,
    };

    private static JsonObject BalanceTransaction(Dispute dispute, string id, int index)
    {
        // The first takes the money, a second brings it back.
        var amount = index == 0 ? -dispute.Amount : dispute.Amount;
        return new JsonObject
        {
            ["id"] = id,
            ["object"] = "balance_transaction",
            ["amount"] = amount,
            ["available_on"] = dispute.Created,
            ["created"] = dispute.Created,
            ["currency"] = dispute.Currency,
            ["description"] = null,
            ["exchange_rate"] = null,
            ["fee"] = 0,
            ["fee_details"] = new JsonArray(),
            ["net"] = amount,
            ["reporting_category"] = index == 0 ? "dispute" : "dispute_reversal",
            ["source"] = dispute.Id,
            ["status"] = "pending",
            ["type"] = "adjustment",
        };
    }
}
