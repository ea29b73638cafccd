using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>Checkout sessions and their lines as the API shows them, every field of the object present.</summary>
internal static class RenderCheckout
{
    public static JsonObject Session(CheckoutSession session, Uri address) => new()
    {
        ["id"] = session.Id,
        ["object"] = "checkout.session",
        ["adaptive_pricing"] = new JsonObject { ["enabled"] = false },
        ["after_expiration"] = null,
        ["allow_promotion_codes"] = null,
        ["amount_subtotal"] = session.AmountSubtotal,
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
        ["custom_text"] = CustomText(),
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
        ["metadata"] = Render.Metadata(session.Metadata),
        ["mode"] = "payment",
        ["origin_context"] = null,
        ["payment_intent"] = session.PaymentIntentId,
        ["payment_link"] = null,
        ["payment_method_collection"] = "if_required",
        ["payment_method_configuration_details"] = null,
        ["payment_method_options"] = new JsonObject { ["card"] = new JsonObject { ["request_three_d_secure"] = "automatic" } },
        ["payment_method_types"] = Render.Strings(session.PaymentMethodTypes),
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
        ["total_details"] = new JsonObject
        {
            ["amount_discount"] = Math.Max(0, -session.Adjustment),
            ["amount_shipping"] = Math.Max(0, session.Adjustment),
            ["amount_tax"] = 0,
        },
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
            ["unit_amount_decimal"] = line.UnitAmount.ToString("0.############", CultureInfo.InvariantCulture),
        },
        ["quantity"] = line.Quantity,
    };

    private static JsonObject CustomText() => new()
    {
        ["after_submit"] = null,
        ["shipping_address"] = null,
        ["submit"] = null,
        ["terms_of_service_acceptance"] = null,
    };

    private static JsonObject? CustomerDetails(CheckoutSession session)
    {
        var email = session.PayerEmail ?? session.CustomerEmail;
        if (email is null)
            return null;
        return new JsonObject
        {
            ["address"] = session.PayerEmail is null ? null : Render.Address(),
            ["business_name"] = null,
            ["email"] = email,
            ["individual_name"] = null,
            ["name"] = session.PayerName,
            ["phone"] = null,
            ["tax_exempt"] = session.PayerEmail is null ? null : "none",
            ["tax_ids"] = session.PayerEmail is null ? null : new JsonArray(),
        };
    }
}
