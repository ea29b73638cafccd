using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe.Checkout;

/// <summary>Whether the buyer may be shown a price in a local currency.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionAdaptivePricing : StripeEntity<SessionAdaptivePricing>
{
    public bool Enabled { get; set; }
}

/// <summary>What Stripe offers once the session has expired.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionAfterExpiration : StripeEntity<SessionAfterExpiration>
{
    public SessionAfterExpirationRecovery Recovery { get; set; }
}

/// <summary>The link with which a buyer resumes an expired session.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionAfterExpirationRecovery : StripeEntity<SessionAfterExpirationRecovery>
{
    public bool AllowPromotionCodes { get; set; }
    public bool Enabled { get; set; }
    public DateTime? ExpiresAt { get; set; }
    public string Url { get; set; }
}

/// <summary>The state of Stripe Tax for this session.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionAutomaticTax : StripeEntity<SessionAutomaticTax>
{
    public bool Enabled { get; set; }
    public string Provider { get; set; }
    public string Status { get; set; }
}

/// <summary>What the hosted page asked the buyer for. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionCollectedInformation : StripeEntity<SessionCollectedInformation>
{
    public string BusinessName { get; set; }
    public string IndividualName { get; set; }
    public SessionCollectedInformationShippingDetails ShippingDetails { get; set; }
}

/// <summary>The delivery address that the buyer typed. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionCollectedInformationShippingDetails : StripeEntity<SessionCollectedInformationShippingDetails>
{
    public Address Address { get; set; }
    public string Name { get; set; }
}

/// <summary>The amounts in the seller's own currency, when the buyer saw another one.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionCurrencyConversion : StripeEntity<SessionCurrencyConversion>
{
    public long AmountSubtotal { get; set; }
    public long AmountTotal { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public decimal FxRate { get; set; }

    public string SourceCurrency { get; set; }
}

/// <summary>The buyer as typed on the hosted page. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionCustomerDetails : StripeEntity<SessionCustomerDetails>
{
    public Address Address { get; set; }
    public string BusinessName { get; set; }
    public string Email { get; set; }
    public string IndividualName { get; set; }
    public string Name { get; set; }
    public string Phone { get; set; }
    public string TaxExempt { get; set; }
    public List<SessionCustomerDetailsTaxId> TaxIds { get; set; }
}

/// <summary>A tax registration number of the buyer.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionCustomerDetailsTaxId : StripeEntity<SessionCustomerDetailsTaxId>
{
    public string Type { get; set; }
    public string Value { get; set; }
}

/// <summary>Whether the page asks for a phone number.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionPhoneNumberCollection : StripeEntity<SessionPhoneNumberCollection>
{
    public bool Enabled { get; set; }
}

/// <summary>Amount and currency that the buyer saw, in minor units of that currency.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionPresentmentDetails : StripeEntity<SessionPresentmentDetails>
{
    public long PresentmentAmount { get; set; }
    public string PresentmentCurrency { get; set; }
}

/// <summary>The countries, as ISO 3166-1 alpha-2 codes, that the page delivers to.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionShippingAddressCollection : StripeEntity<SessionShippingAddressCollection>
{
    public List<string> AllowedCountries { get; set; }
}

/// <summary>The delivery price that the buyer chose, in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionShippingCost : StripeEntity<SessionShippingCost>
{
    public long AmountSubtotal { get; set; }
    public long AmountTax { get; set; }
    public long AmountTotal { get; set; }

    internal ExpandableField<UnmodelledObject> InternalShippingRate { get; set; }

    [JsonIgnore]
    public string ShippingRateId
    {
        get => InternalShippingRate?.Id;
        set => InternalShippingRate = SetExpandableFieldId(value, InternalShippingRate);
    }
}

/// <summary>How the total divides into discount, delivery and tax, in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class SessionTotalDetails : StripeEntity<SessionTotalDetails>
{
    public long AmountDiscount { get; set; }
    public long? AmountShipping { get; set; }
    public long AmountTax { get; set; }
}
