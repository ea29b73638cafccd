using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stripe;

namespace Shop.Functions.Benchmarks;

/// <summary>A completed checkout session with the members that Stripe's have, laid out as Stripe lays them out: 4 KiB.</summary>
internal static class SampleEvent
{
    public const int Size = 4096;

    private const string Text = """
        {
          "id": "evt_1SVbXmB7kQd9LrTzYpWcNeHa", "object": "event", "created": 1795000000,
          "data": {
            "object": {
              "id": "cs_test_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4", "object": "checkout.session",
              "adaptive_pricing": { "enabled": false }, "after_expiration": null, "allow_promotion_codes": null,
              "amount_subtotal": 156657, "amount_total": 156657,
              "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
              "billing_address_collection": null, "cancel_url": "https://shop.example/basket",
              "client_reference_id": "0123456789abcdefghjkmnpqrs", "client_secret": null, "collected_information": null,
              "consent": null, "consent_collection": null, "created": 1794999940, "currency": "gbp", "currency_conversion": null,
              "custom_fields": [],
              "custom_text": { "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null },
              "customer": null, "customer_creation": "if_required",
              "customer_details": {
                "address": { "city": "London", "country": "GB", "line1": "12 St James's Square", "line2": null, "postal_code": "SW1Y 4JH", "state": null },
                "business_name": null, "email": "ada@example.com", "individual_name": null, "name": "Ada Lovelace", "phone": null,
                "tax_exempt": "none", "tax_ids": []
              },
              "customer_email": "ada@example.com", "discounts": [], "expires_at": 1795003540, "invoice": null,
              "invoice_creation": {
                "enabled": false,
                "invoice_data": { "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null, "issuer": null, "metadata": {}, "rendering_options": null }
              },
              "livemode": false, "locale": null, "metadata": { "order_id": "0123456789abcdefghjkmnpqrs", "attempt": "1" }, "mode": "payment",
              "origin_context": null, "payment_intent": "pi_3SVbXlB7kQd9LrTz0aVwUyGm", "payment_link": null,
              "payment_method_collection": "if_required", "payment_method_configuration_details": null,
              "payment_method_options": { "card": { "request_three_d_secure": "automatic" } }, "payment_method_types": [ "card" ],
              "payment_status": "paid", "permissions": null, "phone_number_collection": { "enabled": false }, "recovered_from": null,
              "saved_payment_method_options": null, "setup_intent": null, "shipping_address_collection": null, "shipping_cost": null,
              "shipping_options": [], "status": "complete", "submit_type": null, "subscription": null,
              "success_url": "https://shop.example/orders/thanks?session={CHECKOUT_SESSION_ID}",
              "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 }, "ui_mode": "hosted_page", "url": null,
              "wallet_options": null
            }
          },
          "livemode": false, "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null }, "type": "checkout.session.completed"
        }
        """;

    /// <summary>Metadata that somebody added fills it up to the size, for an event has no fixed one.</summary>
    public static string Json { get; } = Filled();

    private static string Filled()
    {
        var node = JsonNode.Parse(Text)!;
        node["api_version"] = StripeConfiguration.ApiVersion;
        var indented = new JsonSerializerOptions { WriteIndented = true };
        var metadata = node["data"]!["object"]!["metadata"]!;
        metadata["note"] = "";
        var missing = Size - Encoding.UTF8.GetByteCount(node.ToJsonString(indented));
        metadata["note"] = missing >= 0 ? new string('n', missing) : throw new InvalidOperationException($"The event is {-missing} bytes too long.");
        return node.ToJsonString(indented);
    }
}
