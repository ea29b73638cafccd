using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>Money going back to a buyer (<c>re_…</c>), in minor units. A refund that succeeded can still become failed.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Refund : StripeEntity<Refund>, IBalanceTransactionSource, IHasMetadata
{
    public string Id { get; set; }
    public string Object { get; set; }
    public long Amount { get; set; }

    internal ExpandableField<BalanceTransaction> InternalBalanceTransaction { get; set; }

    [JsonIgnore]
    public string BalanceTransactionId
    {
        get => InternalBalanceTransaction?.Id;
        set => InternalBalanceTransaction = SetExpandableFieldId(value, InternalBalanceTransaction);
    }

    [JsonIgnore]
    public BalanceTransaction BalanceTransaction
    {
        get => InternalBalanceTransaction?.ExpandedObject;
        set => InternalBalanceTransaction = SetExpandableFieldObject(value, InternalBalanceTransaction);
    }

    internal ExpandableField<Charge> InternalCharge { get; set; }

    [JsonIgnore]
    public string ChargeId
    {
        get => InternalCharge?.Id;
        set => InternalCharge = SetExpandableFieldId(value, InternalCharge);
    }

    [JsonIgnore]
    public Charge Charge
    {
        get => InternalCharge?.ExpandedObject;
        set => InternalCharge = SetExpandableFieldObject(value, InternalCharge);
    }

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
    public RefundDestinationDetails DestinationDetails { get; set; }

    internal ExpandableField<BalanceTransaction> InternalFailureBalanceTransaction { get; set; }

    [JsonIgnore]
    public string FailureBalanceTransactionId
    {
        get => InternalFailureBalanceTransaction?.Id;
        set => InternalFailureBalanceTransaction = SetExpandableFieldId(value, InternalFailureBalanceTransaction);
    }

    [JsonIgnore]
    public BalanceTransaction FailureBalanceTransaction
    {
        get => InternalFailureBalanceTransaction?.ExpandedObject;
        set => InternalFailureBalanceTransaction = SetExpandableFieldObject(value, InternalFailureBalanceTransaction);
    }

    public string FailureReason { get; set; }
    public string InstructionsEmail { get; set; }
    public Dictionary<string, string> Metadata { get; set; }

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

    public string PendingReason { get; set; }
    public RefundPresentmentDetails PresentmentDetails { get; set; }
    public string Reason { get; set; }
    public string ReceiptNumber { get; set; }

    internal ExpandableField<UnmodelledObject> InternalSourceTransferReversal { get; set; }

    [JsonIgnore]
    public string SourceTransferReversalId
    {
        get => InternalSourceTransferReversal?.Id;
        set => InternalSourceTransferReversal = SetExpandableFieldId(value, InternalSourceTransferReversal);
    }

    public string Status { get; set; }

    internal ExpandableField<UnmodelledObject> InternalTransferReversal { get; set; }

    [JsonIgnore]
    public string TransferReversalId
    {
        get => InternalTransferReversal?.Id;
        set => InternalTransferReversal = SetExpandableFieldId(value, InternalTransferReversal);
    }
}

/// <summary>Where the refunded money goes; only cards are modelled beyond <see cref="Type"/>.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class RefundDestinationDetails : StripeEntity<RefundDestinationDetails>
{
    public RefundDestinationDetailsCard Card { get; set; }
    public string Type { get; set; }
}

/// <summary>The card refund's reference at the bank.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class RefundDestinationDetailsCard : StripeEntity<RefundDestinationDetailsCard>
{
    public string Reference { get; set; }
    public string ReferenceStatus { get; set; }
    public string ReferenceType { get; set; }
    public string Type { get; set; }
}

/// <summary>Amount and currency that the buyer gets, in minor units of that currency.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class RefundPresentmentDetails : StripeEntity<RefundPresentmentDetails>
{
    public long PresentmentAmount { get; set; }
    public string PresentmentCurrency { get; set; }
}
