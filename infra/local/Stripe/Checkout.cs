using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Local.Stripe;

/// <summary>Checkout sessions: creating them as strictly as the real API, and ending them by the clock or on request.</summary>
internal sealed class Checkout(StripeAccount account)
{
    private const int MaximumLines = 100;

    private static readonly long ShortestLife = (long)TimeSpan.FromMinutes(30).TotalSeconds;
    private static readonly long LongestLife = (long)TimeSpan.FromHours(24).TotalSeconds;

    public CheckoutSession Create(Parameter form)
    {
        CheckMode(form);
        var lines = Lines(form, out var currency);
        var intent = form.Object("payment_intent_data");
        intent?.OneOf("capture_method", "automatic", "automatic_async");
        intent?.Ignore("shipping", "setup_future_usage", "statement_descriptor");
        intent?.Unsupported("application_fee_amount", "on_behalf_of", "transfer_data", "transfer_group");

        var session = new CheckoutSession
        {
            Id = account.NextId("cs_test_a1", 56),
            Created = account.Now,
            ExpiresAt = ExpiresAt(form),
            Currency = currency,
            LineItems = lines,
            SuccessUrl = Url(form, "success_url", required: true)!,
            CancelUrl = Url(form, "cancel_url", required: false),
            ClientReferenceId = form.Text("client_reference_id", 200),
            CustomerEmail = Email(form, "customer_email"),
            Locale = form.Text("locale", 20),
            SubmitType = form.OneOf("submit_type", "auto", "book", "donate", "pay"),
            PaymentMethodTypes = PaymentMethodTypes(form),
            PaymentDescription = intent?.Text("description", 1000),
            ReceiptEmail = intent is null ? null : Email(intent, "receipt_email"),
            StatementDescriptorSuffix = intent?.Text("statement_descriptor_suffix", 22),
        };
        form.Metadata("metadata", session.Metadata);
        intent?.Metadata("metadata", session.PaymentIntentMetadata);
        if (form.Text("customer") is { } customer)
            throw ApiError.Missing("customer", customer, "customer");
        form.RefuseUnknown();

        if (session.AmountTotal > 0)
            Currencies.CheckCharge(session.AmountTotal, currency, "line_items");
        account.State.Sessions.Add(session.Id, session);
        return session;
    }

    public CheckoutSession Update(string id, Parameter form)
    {
        var session = Find(id);
        var metadata = new Dictionary<string, string>(session.Metadata);
        form.Metadata("metadata", metadata);
        form.Unsupported("collected_information", "line_items", "shipping_options");
        form.RefuseUnknown();
        session.Metadata = metadata;
        return session;
    }

    public CheckoutSession Expire(string id, Cause cause)
    {
        var session = Find(id);
        if (session.Status != "open")
            throw ApiError.Invalid($"Only open Checkout Sessions can be expired; this one is {session.Status}.");
        End(session, cause);
        return session;
    }

    /// <summary>Lets the buyer be charged another amount than the shop asked for.</summary>
    public void ChangeTotal(string id, long total)
    {
        var session = Find(id);
        if (session.PaymentIntentId is not null)
            throw ApiError.Invalid("The amount is fixed once the buyer has tried to pay.");
        Currencies.CheckCharge(total, session.Currency, "total");
        session.Adjustment = total - session.AmountSubtotal;
    }

    /// <summary>Expires what the clock has ended; says whether anything was.</summary>
    public bool ExpireDue()
    {
        var due = account.State.Sessions.Take(session => session.Status == "open" && session.ExpiresAt <= account.Now);
        foreach (var session in due)
            End(session, Cause.None);
        return due.Count > 0;
    }

    public CheckoutSession Find(string id) =>
        account.State.Sessions.GetValueOrDefault(id) ?? throw ApiError.Missing("checkout.session", id, "session");

    public JsonObject Show(CheckoutSession session) => RenderCheckout.Session(session, account.Address);

    private void End(CheckoutSession session, Cause cause)
    {
        session.Status = "expired";
        account.Raise("checkout.session.expired", Show(session), cause);
    }

    private static void CheckMode(Parameter form)
    {
        _ = form.OneOf("mode", "payment", "setup", "subscription") switch
        {
            "payment" => true,
            null => throw form.MissingParameter("mode"),
            _ => throw ApiError.Unsupported("mode"),
        };
        if (form.OneOf("ui_mode", "hosted_page", "embedded_page", "elements", "form") is not (null or "hosted_page"))
            throw ApiError.Unsupported("ui_mode");
        if (form.Object("automatic_tax")?.Flag("enabled") == true)
            throw ApiError.Unsupported("automatic_tax");
        form.Unsupported(
            "discounts", "shipping_options", "optional_items", "subscription_data", "setup_intent_data", "custom_fields", "return_url");
        form.Ignore(
            "adaptive_pricing", "after_expiration", "allow_promotion_codes", "billing_address_collection", "branding_settings",
            "consent_collection", "custom_text", "customer_creation", "customer_update", "excluded_payment_method_types",
            "expand", "invoice_creation", "name_collection", "origin_context", "payment_method_collection",
            "payment_method_configuration", "payment_method_options", "permissions", "phone_number_collection",
            "saved_payment_method_options", "shipping_address_collection", "tax_id_collection", "wallet_options");
    }

    private List<LineItem> Lines(Parameter form, out string currency)
    {
        var given = form.List("line_items");
        if (given.Count == 0)
            throw form.MissingParameter("line_items");
        if (given.Count > MaximumLines)
            throw ApiError.Invalid($"There can be at most {MaximumLines} line items.", "line_items");

        currency = form.Text("currency")?.ToLowerInvariant() ?? "";
        var lines = new List<LineItem>();
        foreach (var line in given)
            lines.Add(Line(line, ref currency));
        return lines;
    }

    private LineItem Line(Parameter line, ref string currency)
    {
        line.Unsupported("price", "tax_rates", "adjustable_quantity");
        line.Ignore("metadata");
        var price = line.Object("price_data") ?? throw line.MissingParameter("price_data");
        price.Unsupported("recurring", "product");
        var product = price.Object("product_data") ?? throw price.MissingParameter("product_data");
        product.Ignore("images", "metadata", "tax_code", "unit_label");

        var stated = price.RequiredText("currency").ToLowerInvariant();
        if (!Currencies.IsKnown(stated))
            throw ApiError.Invalid($"Invalid currency: {stated}.", price.NameOf("currency"));
        if (currency.Length > 0 && currency != stated)
            throw ApiError.Invalid("All line items must have the currency of the session.", price.NameOf("currency"));
        currency = stated;

        var quantity = line.NonNegative("quantity");
        if (quantity is 0 or > 999_999)
            throw ApiError.Invalid("A quantity must be between 1 and 999999.", line.NameOf("quantity"), "parameter_invalid_integer");
        var unitAmount = UnitAmount(price);
        if (unitAmount * quantity > Currencies.Maximum)
            throw ApiError.Invalid("The amount of the line is too large.", price.NameOf("unit_amount"), "amount_too_large");
        return new LineItem(
            account.NextId("li_1"), account.NextId("price_1"), account.NextId("prod_", 14),
            NameOf(product), product.Text("description"), quantity, unitAmount,
            (long)Math.Round(unitAmount * quantity, MidpointRounding.AwayFromZero),
            price.OneOf("tax_behavior", "exclusive", "inclusive", "unspecified") ?? "unspecified");
    }

    private static string NameOf(Parameter product) => product.RequiredText("name", 250) is var name && !string.IsNullOrWhiteSpace(name)
        ? name
        : throw ApiError.Invalid("A name must not be blank.", product.NameOf("name"), "parameter_invalid_string_blank");

    private static decimal UnitAmount(Parameter price)
    {
        if (price.Text("unit_amount_decimal") is not { } text)
            return Math.Min(price.NonNegative("unit_amount"), long.MaxValue / 1_000_000);
        if (price.Text("unit_amount") is not null)
            throw ApiError.Invalid("Give unit_amount or unit_amount_decimal, not both.", price.NameOf("unit_amount"));
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= Currencies.Maximum
            ? amount
            : throw ApiError.Invalid($"Invalid decimal: {text}", price.NameOf("unit_amount_decimal"), "parameter_invalid_decimal");
    }

    private long ExpiresAt(Parameter form)
    {
        var now = account.Now;
        var expiresAt = form.Integer("expires_at") ?? now + LongestLife;
        if (expiresAt < now + ShortestLife)
            throw ApiError.Invalid("expires_at must lie 30 minutes or more ahead.", "expires_at");
        if (expiresAt > now + LongestLife)
            throw ApiError.Invalid("expires_at must lie 24 hours or less ahead.", "expires_at");
        return expiresAt;
    }

    private static string? Url(Parameter form, string key, bool required)
    {
        if ((required ? form.RequiredText(key) : form.Text(key)) is not { } url)
            return null;
        var replaced = url.Replace("{CHECKOUT_SESSION_ID}", "cs_test", StringComparison.Ordinal);
        return Uri.TryCreate(replaced, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? url
            : throw ApiError.Invalid("Not a valid URL: it must be absolute and begin with http or https.", key, "url_invalid");
    }

    private static string? Email(Parameter form, string key) => form.Text(key, 512) switch
    {
        null => null,
        var email when System.Net.Mail.MailAddress.TryCreate(email, out var address) && address.Address == email => email,
        var email => throw ApiError.Invalid($"Invalid email address: {email}", form.NameOf(key), "email_invalid"),
    };

    private static List<string> PaymentMethodTypes(Parameter form)
    {
        var types = form.Texts("payment_method_types");
        if (types.Find(type => type is not ("card" or "bacs_debit" or "link")) is { } other)
            throw ApiError.Invalid($"The payment method type {other} is not available in this sandbox.", "payment_method_types");
        return types.Count > 0 ? types : ["card", "bacs_debit"];
    }
}
