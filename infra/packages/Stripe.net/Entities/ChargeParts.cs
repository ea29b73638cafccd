using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>Who was billed. Personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class ChargeBillingDetails : StripeEntity<ChargeBillingDetails>
{
    public Address Address { get; set; }
    public string Email { get; set; }
    public string Name { get; set; }
    public string Phone { get; set; }
    public string TaxId { get; set; }
}

/// <summary>Fraud reports by the seller and by Stripe.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class ChargeFraudDetails : StripeEntity<ChargeFraudDetails>
{
    public string StripeReport { get; set; }
    public string UserReport { get; set; }
}

/// <summary>Why the card network or Stripe accepted or declined the charge.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class ChargeOutcome : StripeEntity<ChargeOutcome>
{
    public string AdviceCode { get; set; }
    public string NetworkAdviceCode { get; set; }
    public string NetworkDeclineCode { get; set; }
    public string NetworkStatus { get; set; }
    public string Reason { get; set; }
    public string RiskLevel { get; set; }
    public long RiskScore { get; set; }

    internal ExpandableField<UnmodelledObject> InternalRule { get; set; }

    [JsonIgnore]
    public string RuleId
    {
        get => InternalRule?.Id;
        set => InternalRule = SetExpandableFieldId(value, InternalRule);
    }

    public string SellerMessage { get; set; }
    public string Type { get; set; }
}

/// <summary>How the buyer paid; only cards are modelled beyond <see cref="Type"/>.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class ChargePaymentMethodDetails : StripeEntity<ChargePaymentMethodDetails>
{
    public ChargePaymentMethodDetailsCard Card { get; set; }
    public string Type { get; set; }
}

/// <summary>The card that was charged, without its number.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class ChargePaymentMethodDetailsCard : StripeEntity<ChargePaymentMethodDetailsCard>
{
    public long? AmountAuthorized { get; set; }
    public string AuthorizationCode { get; set; }
    public string Brand { get; set; }
    public DateTime CaptureBefore { get; set; } = DateTime.UnixEpoch;
    public string Country { get; set; }
    public string Description { get; set; }
    public long ExpMonth { get; set; }
    public long ExpYear { get; set; }
    public string Fingerprint { get; set; }
    public string Funding { get; set; }
    public string Iin { get; set; }
    public string Issuer { get; set; }
    public string Last4 { get; set; }
    public string Mandate { get; set; }
    public bool? Moto { get; set; }
    public string Network { get; set; }
    public string NetworkTransactionId { get; set; }
    public string RegulatedStatus { get; set; }
    public string TransactionLinkId { get; set; }
}

/// <summary>Amount and currency that the buyer saw, in minor units of that currency.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class ChargePresentmentDetails : StripeEntity<ChargePresentmentDetails>
{
    public long PresentmentAmount { get; set; }
    public string PresentmentCurrency { get; set; }
}
