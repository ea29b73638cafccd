using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe.Checkout;

/// <summary>A Checkout Session (<c>cs_…</c>): one hosted payment page for one purchase. Amounts are in minor units, times in UTC.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Session : StripeEntity<Session>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public SessionAdaptivePricing AdaptivePricing { get; set; }
    public SessionAfterExpiration AfterExpiration { get; set; }
    public bool? AllowPromotionCodes { get; set; }
    public long? AmountSubtotal { get; set; }
    public long? AmountTotal { get; set; }
    public SessionAutomaticTax AutomaticTax { get; set; }
    public string BillingAddressCollection { get; set; }
    public string CancelUrl { get; set; }
    public string ClientReferenceId { get; set; }
    public string ClientSecret { get; set; }
    public SessionCollectedInformation CollectedInformation { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;
    public string Currency { get; set; }
    public SessionCurrencyConversion CurrencyConversion { get; set; }

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
    public string CustomerCreation { get; set; }
    public SessionCustomerDetails CustomerDetails { get; set; }
    public string CustomerEmail { get; set; }
    public List<string> ExcludedPaymentMethodTypes { get; set; }
    public DateTime ExpiresAt { get; set; } = DateTime.UnixEpoch;
    public string IntegrationIdentifier { get; set; }

    internal ExpandableField<UnmodelledObject> InternalInvoice { get; set; }

    [JsonIgnore]
    public string InvoiceId
    {
        get => InternalInvoice?.Id;
        set => InternalInvoice = SetExpandableFieldId(value, InternalInvoice);
    }

    public StripeList<LineItem> LineItems { get; set; }
    public bool Livemode { get; set; }
    public string Locale { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string Mode { get; set; }
    public string OriginContext { get; set; }

    internal ExpandableField<PaymentIntent> InternalPaymentIntent { get; set; }

    [JsonIgnore]
    public string PaymentIntentId
    {
        get => InternalPaymentIntent?.Id;
        set => InternalPaymentIntent = SetExpandableFieldId(value, InternalPaymentIntent);
    }

    [JsonIgnore]
    public PaymentIntent PaymentIntent
    {
        get => InternalPaymentIntent?.ExpandedObject;
        set => InternalPaymentIntent = SetExpandableFieldObject(value, InternalPaymentIntent);
    }

    internal ExpandableField<UnmodelledObject> InternalPaymentLink { get; set; }

    [JsonIgnore]
    public string PaymentLinkId
    {
        get => InternalPaymentLink?.Id;
        set => InternalPaymentLink = SetExpandableFieldId(value, InternalPaymentLink);
    }

    public string PaymentMethodCollection { get; set; }
    public List<string> PaymentMethodTypes { get; set; }
    public string PaymentStatus { get; set; }
    public SessionPhoneNumberCollection PhoneNumberCollection { get; set; }
    public SessionPresentmentDetails PresentmentDetails { get; set; }
    public string RecoveredFrom { get; set; }
    public string RedirectOnCompletion { get; set; }
    public string ReturnUrl { get; set; }

    internal ExpandableField<UnmodelledObject> InternalSetupIntent { get; set; }

    [JsonIgnore]
    public string SetupIntentId
    {
        get => InternalSetupIntent?.Id;
        set => InternalSetupIntent = SetExpandableFieldId(value, InternalSetupIntent);
    }

    public SessionShippingAddressCollection ShippingAddressCollection { get; set; }
    public SessionShippingCost ShippingCost { get; set; }
    public string Status { get; set; }
    public string SubmitType { get; set; }

    internal ExpandableField<UnmodelledObject> InternalSubscription { get; set; }

    [JsonIgnore]
    public string SubscriptionId
    {
        get => InternalSubscription?.Id;
        set => InternalSubscription = SetExpandableFieldId(value, InternalSubscription);
    }

    public string SuccessUrl { get; set; }
    public SessionTotalDetails TotalDetails { get; set; }
    public string UiMode { get; set; }
    public string Url { get; set; }
}
