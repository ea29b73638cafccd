using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

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

    public static JsonObject Session(CheckoutSession session, Uri address) => new()
    {
        ["id"] = session.Id,
        ["object"] = "checkout.session",
        ["adaptive_pricing"] = new JsonObject { ["enabled"] = false },
        ["after_expiration"] = null,
        ["allow_promotion_codes"] = null,
        ["amount_subtotal"] = session.AmountTotal,
        ["amount_total"] = session.AmountTotal,
        ["automatic_tax"] = new JsonObject { ["enabled"] = false, ["liability"] = null, ["provider"] = null, ["status"] = null },
        ["billing_address_collection"] = null,
        ["cancel_url"] = session.CancelUrl,
        ["client_reference_id"] = session.ClientReferenceId,
        ["client_secret"] = null,
        ["collected_information"] = null,
        ["consent"] = null,
        ["consent_collection"] = null,
        ["created"] = session.Created,
        ["currency"] = session.Currency,
        ["currency_conversion"] = null,
        ["custom_fields"] = new JsonArray(),
        ["custom_text"] = new JsonObject
        {
            ["after_submit"] = null,
            ["shipping_address"] = null,
            ["submit"] = null,
            ["terms_of_service_acceptance"] = null,
        },
        ["customer"] = null,
        ["customer_creation"] = "if_required",
        ["customer_details"] = CustomerDetails(session),
        ["customer_email"] = session.CustomerEmail,
        ["discounts"] = new JsonArray(),
        ["expires_at"] = session.ExpiresAt,
        ["invoice"] = null,
        ["invoice_creation"] = null,
        ["livemode"] = false,
        ["locale"] = session.Locale,
        ["metadata"] = Metadata(session.Metadata),
        ["mode"] = "payment",
        ["origin_context"] = null,
        ["payment_intent"] = session.PaymentIntentId,
        ["payment_link"] = null,
        ["payment_method_collection"] = "if_required",
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject { ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" } },
        ["payment_method_types"] = Strings(session.PaymentMethodTypes),
        ["payment_status"] = session.PaymentStatus,
        ["permissions"] = null,
        ["phone_number_collection"] = new JsonObject { ["enabled"] = false },
        ["recovered_from"] = null,
        ["saved_payment_method_options"] = null,
        ["setup_intent"] = null,
        ["shipping_address_collection"] = null,
        ["shipping_cost"] = null,
        ["shipping_options"] = new JsonArray(),
        ["status"] = session.Status,
        ["submit_type"] = session.SubmitType,
        ["subscription"] = null,
        ["success_url"] = session.SuccessUrl,
        ["total_details"] = new JsonObject { ["amount_discount"] = 0, ["amount_shipping"] = 0, ["amount_tax"] = 0 },
        ["ui_mode"] = "hosted_page",
        ["url"] = session.Status == "open" ? new Uri(address, $"/c/pay/{session.Id}").ToString() : null,
        ["wallet_options"] = null,
    };

    public static JsonObject LineItem(LineItem line, string currency) => new()
    {
        ["id"] = line.Id,
        ["object"] = "item",
        ["adjustable_quantity"] = null,
        ["amount_discount"] = 0,
        ["amount_subtotal"] = line.Amount,
        ["amount_tax"] = 0,
        ["amount_total"] = line.Amount,
        ["currency"] = currency,
        ["description"] = line.Name,
        ["metadata"] = new JsonObject(),
        ["price"] = new JsonObject
        {
            ["id"] = line.PriceId,
            ["object"] = "price",
            ["active"] = false,
            ["billing_scheme"] = "per_unit",
            ["created"] = 0,
            ["currency"] = currency,
            ["custom_unit_amount"] = null,
            ["livemode"] = false,
            ["lookup_key"] = null,
            ["metadata"] = new JsonObject(),
            ["nickname"] = null,
            ["product"] = line.ProductId,
            ["recurring"] = null,
            ["tax_behavior"] = line.TaxBehavior,
            ["tiers_mode"] = null,
            ["transform_quantity"] = null,
            ["type"] = "one_time",
            ["unit_amount"] = decimal.IsInteger(line.UnitAmount) ? JsonValue.Create((long)line.UnitAmount) : null,
            ["unit_amount_decimal"] = line.UnitAmount.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture),
        },
        ["quantity"] = line.Quantity,
    };

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
        ["balance_transactions"] = new JsonArray([.. dispute.BalanceTransactionIds.Select((id, index) => BalanceTransaction(dispute, id, index))]),
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
        ["is_charge_refundable"] = false,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = dispute.PaymentIntentId,
        ["payment_method_details"] = new JsonObject
        {
            ["card"] = new JsonObject { ["brand"] = "visa", ["case_type"] = "chargeback", ["network_reason_code"] = "10.4" },
            ["type"] = "card",
        },
        ["reason"] = dispute.Reason,
        ["status"] = dispute.Status,
    };

    public static JsonObject Event(StripeEvent raised, string apiVersion, int pendingWebhooks)
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

    private static JsonObject? CustomerDetails(CheckoutSession session)
    {
        var email = session.PayerEmail ?? session.CustomerEmail;
        if (email is null)
            return null;
        return new JsonObject
        {
            ["address"] = session.PayerEmail is null ? null : Address(),
            ["business_name"] = null,
            ["email"] = email,
            ["individual_name"] = null,
            ["name"] = session.PayerName,
            ["phone"] = null,
            ["tax_exempt"] = session.PayerEmail is null ? null : "none",
            ["tax_ids"] = session.PayerEmail is null ? null : new JsonArray(),
        };
    }

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
