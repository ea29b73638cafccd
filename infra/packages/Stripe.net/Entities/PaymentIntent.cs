using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>One attempt to collect a payment (<c>pi_…</c>). Amounts are in minor units of <see cref="Currency"/>, times in UTC.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class PaymentIntent : StripeEntity<PaymentIntent>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public List<string> AllowedPaymentMethodTypes { get; set; }
    public long Amount { get; set; }
    public long AmountCapturable { get; set; }
    public long AmountReceived { get; set; }

    internal ExpandableField<UnmodelledObject> InternalApplication { get; set; }

    [JsonIgnore]
    public string ApplicationId
    {
        get => InternalApplication?.Id;
        set => InternalApplication = SetExpandableFieldId(value, InternalApplication);
    }

    public long? ApplicationFeeAmount { get; set; }
    public PaymentIntentAutomaticPaymentMethods AutomaticPaymentMethods { get; set; }
    public DateTime? CanceledAt { get; set; }
    public string CancellationReason { get; set; }
    public string CaptureMethod { get; set; }
    public string ClientSecret { get; set; }
    public string ConfirmationMethod { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;
    public string Currency { get; set; }

    internal ExpandableField<Customer> InternalCustomer { get; set; }

    [JsonIgnore]
    public string CustomerId
    {
        get => InternalCustomer?.Id;
        set => InternalCustomer = SetExpandableFieldId(value, InternalCustomer);
    }

    [JsonIgnore]
    public Customer Customer
    {
        get => InternalCustomer?.ExpandedObject;
        set => InternalCustomer = SetExpandableFieldObject(value, InternalCustomer);
    }

    public string CustomerAccount { get; set; }
    public string Description { get; set; }
    public List<string> ExcludedPaymentMethodTypes { get; set; }
    public StripeError LastPaymentError { get; set; }

    internal ExpandableField<Charge> InternalLatestCharge { get; set; }

    [JsonIgnore]
    public string LatestChargeId
    {
        get => InternalLatestCharge?.Id;
        set => InternalLatestCharge = SetExpandableFieldId(value, InternalLatestCharge);
    }

    [JsonIgnore]
    public Charge LatestCharge
    {
        get => InternalLatestCharge?.ExpandedObject;
        set => InternalLatestCharge = SetExpandableFieldObject(value, InternalLatestCharge);
    }

    public bool Livemode { get; set; }
    public Dictionary<string, string> Metadata { get; set; }

    internal ExpandableField<UnmodelledObject> InternalOnBehalfOf { get; set; }

    [JsonIgnore]
    public string OnBehalfOfId
    {
        get => InternalOnBehalfOf?.Id;
        set => InternalOnBehalfOf = SetExpandableFieldId(value, InternalOnBehalfOf);
    }

    internal ExpandableField<PaymentMethod> InternalPaymentMethod { get; set; }

    [JsonIgnore]
    public string PaymentMethodId
    {
        get => InternalPaymentMethod?.Id;
        set => InternalPaymentMethod = SetExpandableFieldId(value, InternalPaymentMethod);
    }

    [JsonIgnore]
    public PaymentMethod PaymentMethod
    {
        get => InternalPaymentMethod?.ExpandedObject;
        set => InternalPaymentMethod = SetExpandableFieldObject(value, InternalPaymentMethod);
    }

    public List<string> PaymentMethodTypes { get; set; }
    public PaymentIntentPresentmentDetails PresentmentDetails { get; set; }
    public string ReceiptEmail { get; set; }

    internal ExpandableField<UnmodelledObject> InternalReview { get; set; }

    [JsonIgnore]
    public string ReviewId
    {
        get => InternalReview?.Id;
        set => InternalReview = SetExpandableFieldId(value, InternalReview);
    }

    public string SetupFutureUsage { get; set; }
    public Shipping Shipping { get; set; }

    internal ExpandableField<UnmodelledObject> InternalSource { get; set; }

    [JsonIgnore]
    public string SourceId
    {
        get => InternalSource?.Id;
        set => InternalSource = SetExpandableFieldId(value, InternalSource);
    }

    public string StatementDescriptor { get; set; }
    public string StatementDescriptorSuffix { get; set; }
    public string Status { get; set; }
    public string TransferGroup { get; set; }
}

/// <summary>Whether the account's settings choose the payment methods.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class PaymentIntentAutomaticPaymentMethods : StripeEntity<PaymentIntentAutomaticPaymentMethods>
{
    public string AllowRedirects { get; set; }
    public bool Enabled { get; set; }
}

/// <summary>Amount and currency that the buyer saw, in minor units of that currency.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class PaymentIntentPresentmentDetails : StripeEntity<PaymentIntentPresentmentDetails>
{
    public long PresentmentAmount { get; set; }
    public string PresentmentCurrency { get; set; }
}
