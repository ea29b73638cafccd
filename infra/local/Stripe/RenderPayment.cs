using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>Payment intents and charges as the API shows them, every field of the object present.</summary>
internal static class RenderPayment
{
    public static JsonObject PaymentIntent(PaymentIntent intent, Charge? latest) => new()
    {
        ["id"] = intent.Id,
        ["object"] = "payment_intent",
        ["amount"] = intent.Amount,
        ["amount_capturable"] = 0,
        ["amount_details"] = new JsonObject { ["tip"] = new JsonObject() },
        ["amount_received"] = intent.Status == "succeeded" ? intent.Amount : 0,
        ["application"] = null,
        ["application_fee_amount"] = null,
        ["automatic_payment_methods"] = null,
        ["canceled_at"] = null,
        ["cancellation_reason"] = null,
        ["capture_method"] = "automatic_async",
        ["client_secret"] = $"{intent.Id}_secret_{intent.Id[^16..]}",
        ["confirmation_method"] = "automatic",
        ["created"] = intent.Created,
        ["currency"] = intent.Currency,
        ["customer"] = null,
        ["description"] = intent.Description,
        ["excluded_payment_method_types"] = null,
        ["last_payment_error"] = intent.Status == "requires_payment_method" && latest?.FailureCode is not null ? Failure(latest) : null,
        ["latest_charge"] = intent.LatestChargeId,
        ["livemode"] = false,
        ["metadata"] = Render.Metadata(intent.Metadata),
        ["next_action"] = null,
        ["on_behalf_of"] = null,
        ["payment_method"] = intent.Status is "succeeded" or "processing" ? latest?.PaymentMethodId : null,
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject { ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" } },
        ["payment_method_types"] = new JsonArray(latest?.PaymentMethodType ?? "card"),
        ["processing"] = null,
        ["receipt_email"] = intent.ReceiptEmail,
        ["review"] = null,
        ["setup_future_usage"] = null,
        ["shipping"] = null,
        ["source"] = null,
        ["statement_descriptor"] = null,
        ["statement_descriptor_suffix"] = intent.StatementDescriptorSuffix,
        ["status"] = intent.Status,
        ["transfer_data"] = null,
        ["transfer_group"] = null,
    };

    public static JsonObject Charge(Charge charge)
    {
        var succeeded = charge.Status == "succeeded";
        return new JsonObject
        {
            ["id"] = charge.Id,
            ["object"] = "charge",
            ["amount"] = charge.Amount,
            ["amount_captured"] = succeeded ? charge.Amount : 0,
            ["amount_refunded"] = charge.AmountRefunded,
            ["application"] = null,
            ["application_fee"] = null,
            ["application_fee_amount"] = null,
            ["balance_transaction"] = charge.BalanceTransactionId,
            ["billing_details"] = BillingDetails(charge),
            ["calculated_statement_descriptor"] = "SHOP SANDBOX",
            ["captured"] = succeeded,
            ["created"] = charge.Created,
            ["currency"] = charge.Currency,
            ["customer"] = null,
            ["description"] = charge.Description,
            ["disputed"] = charge.Disputed,
            ["failure_balance_transaction"] = null,
            ["failure_code"] = charge.FailureCode,
            ["failure_message"] = charge.FailureCode is null ? null : FailureMessage(charge),
            ["fraud_details"] = new JsonObject(),
            ["livemode"] = false,
            ["metadata"] = Render.Metadata(charge.Metadata),
            ["on_behalf_of"] = null,
            ["outcome"] = Outcome(charge),
            ["paid"] = charge.Status is "succeeded" or "pending",
            ["payment_intent"] = charge.PaymentIntentId,
            ["payment_method"] = charge.PaymentMethodId,
            ["payment_method_details"] = PaymentMethodDetails(charge),
            ["receipt_email"] = null,
            ["receipt_number"] = null,
            ["receipt_url"] = null,
            ["refunded"] = charge.AmountRefunded == charge.Amount,
            ["review"] = null,
            ["shipping"] = null,
            ["source_transfer"] = null,
            ["statement_descriptor"] = null,
            ["statement_descriptor_suffix"] = null,
            ["status"] = charge.Status,
            ["transfer_data"] = null,
            ["transfer_group"] = null,
        };
    }

    private static JsonObject Failure(Charge charge)
    {
        var failure = new JsonObject
        {
            ["charge"] = charge.Id,
            ["code"] = charge.FailureCode,
            ["doc_url"] = $"https://stripe.com/docs/error-codes/{charge.FailureCode!.Replace('_', '-')}",
            ["message"] = FailureMessage(charge),
            ["payment_method"] = new JsonObject
            {
                ["id"] = charge.PaymentMethodId,
                ["object"] = "payment_method",
                ["billing_details"] = BillingDetails(charge),
                ["created"] = charge.Created,
                ["customer"] = null,
                ["livemode"] = false,
                ["metadata"] = new JsonObject(),
                ["type"] = charge.PaymentMethodType,
            },
            ["type"] = charge.PaymentMethodType == "card" ? "card_error" : "invalid_request_error",
        };
        if (charge.FailureCode == "card_declined")
            failure["decline_code"] = "generic_decline";
        return failure;
    }

    private static string FailureMessage(Charge charge) =>
        charge.PaymentMethodType == "card" ? "The card was declined." : "The bank did not pay the debit.";

    private static JsonObject Outcome(Charge charge) => new()
    {
        ["advice_code"] = null,
        ["network_advice_code"] = null,
        ["network_decline_code"] = null,
        ["network_status"] = charge.Status == "failed" ? "declined_by_network" : "approved_by_network",
        ["reason"] = charge.Status == "failed" ? "generic_decline" : null,
        ["risk_level"] = "normal",
        ["risk_score"] = 12,
        ["seller_message"] = charge.Status == "failed" ? "The bank did not say why it declined." : "Payment complete.",
        ["type"] = charge.Status == "failed" ? "issuer_declined" : "authorized",
    };

    private static JsonObject BillingDetails(Charge charge) => new()
    {
        ["address"] = Render.Address(),
        ["email"] = charge.PayerEmail,
        ["name"] = charge.PayerName,
        ["phone"] = null,
        ["tax_id"] = null,
    };

    private static JsonObject PaymentMethodDetails(Charge charge)
    {
        var details = charge.PaymentMethodType == "card"
            ? new JsonObject
            {
                ["amount_authorized"] = charge.Amount,
                ["authorization_code"] = null,
                ["brand"] = "visa",
                ["checks"] = new JsonObject
                {
                    ["address_line1_check"] = null,
                    ["address_postal_code_check"] = "pass",
                    ["cvc_check"] = "pass",
                },
                ["country"] = "GB",
                ["exp_month"] = 12,
                ["exp_year"] = 2034,
                ["fingerprint"] = "sandboxCardPrint",
                ["funding"] = "credit",
                ["installments"] = null,
                ["last4"] = charge.Status == "failed" ? "0002" : "4242",
                ["mandate"] = null,
                ["network"] = "visa",
                ["network_token"] = new JsonObject { ["used"] = false },
                ["network_transaction_id"] = charge.Id[^15..],
                ["three_d_secure"] = null,
                ["wallet"] = null,
            }
            : new JsonObject
            {
                ["fingerprint"] = "sandboxBankPrint",
                ["last4"] = "2345",
                ["mandate"] = null,
                ["sort_code"] = "108800",
            };
        return new JsonObject { [charge.PaymentMethodType] = details, ["type"] = charge.PaymentMethodType };
    }
}
