using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>What the order is to be paid with.</summary>
public class PaymentSource
{
    [JsonProperty("paypal", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalWallet Paypal { get; set; }
}

/// <summary>Payment by PayPal account.</summary>
public class PaypalWallet
{
    [JsonProperty("vault_id", NullValueHandling = NullValueHandling.Ignore)]
    public string VaultId { get; set; }

    [JsonProperty("email_address", NullValueHandling = NullValueHandling.Ignore)]
    public string EmailAddress { get; set; }

    [JsonProperty("name", NullValueHandling = NullValueHandling.Ignore)]
    public Name Name { get; set; }

    [JsonProperty("birth_date", NullValueHandling = NullValueHandling.Ignore)]
    public string BirthDate { get; set; }

    [JsonProperty("address", NullValueHandling = NullValueHandling.Ignore)]
    public Address Address { get; set; }

    [JsonProperty("experience_context", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalWalletExperienceContext ExperienceContext { get; set; }

    [JsonProperty("billing_agreement_id", NullValueHandling = NullValueHandling.Ignore)]
    public string BillingAgreementId { get; set; }
}

/// <summary>How PayPal's pages are to look, and where they lead.</summary>
public class PaypalWalletExperienceContext
{
    [JsonProperty("brand_name", NullValueHandling = NullValueHandling.Ignore)]
    public string BrandName { get; set; }

    [JsonProperty("locale", NullValueHandling = NullValueHandling.Ignore)]
    public string Locale { get; set; }

    [JsonProperty("shipping_preference", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalWalletContextShippingPreference? ShippingPreference { get; set; }

    [JsonProperty("return_url", NullValueHandling = NullValueHandling.Ignore)]
    public string ReturnUrl { get; set; }

    [JsonProperty("cancel_url", NullValueHandling = NullValueHandling.Ignore)]
    public string CancelUrl { get; set; }

    [JsonProperty("landing_page", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalExperienceLandingPage? LandingPage { get; set; }

    [JsonProperty("user_action", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalExperienceUserAction? UserAction { get; set; }

    [JsonProperty("payment_method_preference", NullValueHandling = NullValueHandling.Ignore)]
    public PayeePaymentMethodPreference? PaymentMethodPreference { get; set; }
}

/// <summary>What the order was paid with.</summary>
public class PaymentSourceResponse
{
    [JsonProperty("paypal", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalWalletResponse Paypal { get; set; }
}

/// <summary>The account it was paid from.</summary>
public class PaypalWalletResponse
{
    [JsonProperty("email_address", NullValueHandling = NullValueHandling.Ignore)]
    public string EmailAddress { get; set; }

    [JsonProperty("account_id", NullValueHandling = NullValueHandling.Ignore)]
    public string AccountId { get; set; }

    [JsonProperty("account_status", NullValueHandling = NullValueHandling.Ignore)]
    public PaypalWalletAccountVerificationStatus? AccountStatus { get; set; }

    [JsonProperty("name", NullValueHandling = NullValueHandling.Ignore)]
    public Name Name { get; set; }

    [JsonProperty("birth_date", NullValueHandling = NullValueHandling.Ignore)]
    public string BirthDate { get; set; }

    [JsonProperty("business_name", NullValueHandling = NullValueHandling.Ignore)]
    public string BusinessName { get; set; }

    [JsonProperty("address", NullValueHandling = NullValueHandling.Ignore)]
    public Address Address { get; set; }
}
