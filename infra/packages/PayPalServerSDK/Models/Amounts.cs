using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>An amount as decimal text with as many places as PayPal gives the currency.</summary>
public class Money
{
    public Money()
    {
    }

    public Money(string currencyCode, string mValue)
    {
        CurrencyCode = currencyCode;
        MValue = mValue;
    }

    [JsonProperty("currency_code")]
    public string CurrencyCode { get; set; }

    [JsonProperty("value")]
    public string MValue { get; set; }
}

/// <summary>An amount and what it is made of.</summary>
public class AmountWithBreakdown
{
    [JsonProperty("currency_code")]
    public string CurrencyCode { get; set; }

    [JsonProperty("value")]
    public string MValue { get; set; }

    [JsonProperty("breakdown", NullValueHandling = NullValueHandling.Ignore)]
    public AmountBreakdown Breakdown { get; set; }
}

/// <summary>The parts of an amount.</summary>
public class AmountBreakdown
{
    [JsonProperty("item_total", NullValueHandling = NullValueHandling.Ignore)]
    public Money ItemTotal { get; set; }

    [JsonProperty("shipping", NullValueHandling = NullValueHandling.Ignore)]
    public Money Shipping { get; set; }

    [JsonProperty("handling", NullValueHandling = NullValueHandling.Ignore)]
    public Money Handling { get; set; }

    [JsonProperty("tax_total", NullValueHandling = NullValueHandling.Ignore)]
    public Money TaxTotal { get; set; }

    [JsonProperty("insurance", NullValueHandling = NullValueHandling.Ignore)]
    public Money Insurance { get; set; }

    [JsonProperty("shipping_discount", NullValueHandling = NullValueHandling.Ignore)]
    public Money ShippingDiscount { get; set; }

    [JsonProperty("discount", NullValueHandling = NullValueHandling.Ignore)]
    public Money Discount { get; set; }
}
