namespace Stripe.Checkout;

/// <summary>Whether the buyer may be shown a price in a local currency.</summary>
public class SessionAdaptivePricingOptions : INestedOptions
{
    public bool? Enabled { get; set; }
}

/// <summary>What Stripe offers once the session has expired.</summary>
public class SessionAfterExpirationOptions : INestedOptions
{
    public SessionAfterExpirationRecoveryOptions Recovery { get; set; }
}

/// <summary>Whether an expired session can be resumed by a link.</summary>
public class SessionAfterExpirationRecoveryOptions : INestedOptions
{
    public bool? AllowPromotionCodes { get; set; }
    public bool? Enabled { get; set; }
}

/// <summary>Turns Stripe Tax on for the session.</summary>
public class SessionAutomaticTaxOptions : INestedOptions
{
    public bool? Enabled { get; set; }
}

/// <summary>Consents that the hosted page asks for.</summary>
public class SessionConsentCollectionOptions : INestedOptions
{
    public string Promotions { get; set; }
    public string TermsOfService { get; set; }
}

/// <summary>A coupon or promotion code, not both.</summary>
public class SessionDiscountOptions : INestedOptions
{
    public string Coupon { get; set; }
    public string PromotionCode { get; set; }
}

/// <summary>Whether a paid session produces an invoice.</summary>
public class SessionInvoiceCreationOptions : INestedOptions
{
    public bool? Enabled { get; set; }
}

/// <summary>Whether the page asks for a phone number.</summary>
public class SessionPhoneNumberCollectionOptions : INestedOptions
{
    public bool? Enabled { get; set; }
}

/// <summary>The countries, as ISO 3166-1 alpha-2 codes, that the page delivers to.</summary>
public class SessionShippingAddressCollectionOptions : INestedOptions
{
    public List<string> AllowedCountries { get; set; }
}

/// <summary>Whether the page asks for a tax registration number.</summary>
public class SessionTaxIdCollectionOptions : INestedOptions
{
    public bool? Enabled { get; set; }
    public string Required { get; set; }
}
