using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>Money taken from a buyer (<c>ch_…</c>). <see cref="AmountRefunded"/> adds up all refunds; amounts are in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Charge : StripeEntity<Charge>, IBalanceTransactionSource, IHasMetadata
{
    public string Id { get; set; }
    public string Object { get; set; }
    public long Amount { get; set; }
    public long AmountCaptured { get; set; }
    public long AmountRefunded { get; set; }

    internal ExpandableField<UnmodelledObject> InternalApplication { get; set; }

    [JsonIgnore]
    public string ApplicationId
    {
        get => InternalApplication?.Id;
        set => InternalApplication = SetExpandableFieldId(value, InternalApplication);
    }

    internal ExpandableField<UnmodelledObject> InternalApplicationFee { get; set; }

    [JsonIgnore]
    public string ApplicationFeeId
    {
        get => InternalApplicationFee?.Id;
        set => InternalApplicationFee = SetExpandableFieldId(value, InternalApplicationFee);
    }

    public long? ApplicationFeeAmount { get; set; }
    public string AuthorizationCode { get; set; }

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

    public ChargeBillingDetails BillingDetails { get; set; }
    public string CalculatedStatementDescriptor { get; set; }
    public bool Captured { get; set; }
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

    public string Description { get; set; }
    public bool Disputed { get; set; }

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

    public string FailureCode { get; set; }
    public string FailureMessage { get; set; }
    public ChargeFraudDetails FraudDetails { get; set; }
    public bool Livemode { get; set; }
    public Dictionary<string, string> Metadata { get; set; }

    internal ExpandableField<UnmodelledObject> InternalOnBehalfOf { get; set; }

    [JsonIgnore]
    public string OnBehalfOfId
    {
        get => InternalOnBehalfOf?.Id;
        set => InternalOnBehalfOf = SetExpandableFieldId(value, InternalOnBehalfOf);
    }

    public ChargeOutcome Outcome { get; set; }
    public bool Paid { get; set; }

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

    public string PaymentMethod { get; set; }
    public ChargePaymentMethodDetails PaymentMethodDetails { get; set; }
    public ChargePresentmentDetails PresentmentDetails { get; set; }
    public string ReceiptEmail { get; set; }
    public string ReceiptNumber { get; set; }
    public string ReceiptUrl { get; set; }
    public bool Refunded { get; set; }
    public StripeList<Refund> Refunds { get; set; }

    internal ExpandableField<UnmodelledObject> InternalReview { get; set; }

    [JsonIgnore]
    public string ReviewId
    {
        get => InternalReview?.Id;
        set => InternalReview = SetExpandableFieldId(value, InternalReview);
    }

    public Shipping Shipping { get; set; }

    internal ExpandableField<UnmodelledObject> InternalSourceTransfer { get; set; }

    [JsonIgnore]
    public string SourceTransferId
    {
        get => InternalSourceTransfer?.Id;
        set => InternalSourceTransfer = SetExpandableFieldId(value, InternalSourceTransfer);
    }

    public string StatementDescriptor { get; set; }
    public string StatementDescriptorSuffix { get; set; }
    public string Status { get; set; }

    internal ExpandableField<UnmodelledObject> InternalTransfer { get; set; }

    [JsonIgnore]
    public string TransferId
    {
        get => InternalTransfer?.Id;
        set => InternalTransfer = SetExpandableFieldId(value, InternalTransfer);
    }

    public string TransferGroup { get; set; }
}
