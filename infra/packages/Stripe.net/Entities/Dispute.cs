using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>A buyer's complaint to the bank about a charge (<c>dp_…</c>, <c>du_…</c>), in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Dispute : StripeEntity<Dispute>, IBalanceTransactionSource, IHasMetadata
{
    public string Id { get; set; }
    public string Object { get; set; }
    public long Amount { get; set; }
    public List<BalanceTransaction> BalanceTransactions { get; set; }

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
    public List<string> EnhancedEligibilityTypes { get; set; }
    public DisputeEvidence Evidence { get; set; }
    public DisputeEvidenceDetails EvidenceDetails { get; set; }
    public bool IsChargeRefundable { get; set; }
    public bool Livemode { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string NetworkReasonCode { get; set; }

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

    public DisputePaymentMethodDetails PaymentMethodDetails { get; set; }
    public string Reason { get; set; }
    public string Status { get; set; }
}

/// <summary>What the seller has submitted against a dispute. Holds personal data.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class DisputeEvidence : StripeEntity<DisputeEvidence>
{
    public string AccessActivityLog { get; set; }
    public string BillingAddress { get; set; }

    internal ExpandableField<UnmodelledObject> InternalCancellationPolicy { get; set; }

    [JsonIgnore]
    public string CancellationPolicyId
    {
        get => InternalCancellationPolicy?.Id;
        set => InternalCancellationPolicy = SetExpandableFieldId(value, InternalCancellationPolicy);
    }

    public string CancellationPolicyDisclosure { get; set; }
    public string CancellationRebuttal { get; set; }

    internal ExpandableField<UnmodelledObject> InternalCustomerCommunication { get; set; }

    [JsonIgnore]
    public string CustomerCommunicationId
    {
        get => InternalCustomerCommunication?.Id;
        set => InternalCustomerCommunication = SetExpandableFieldId(value, InternalCustomerCommunication);
    }

    public string CustomerEmailAddress { get; set; }
    public string CustomerName { get; set; }
    public string CustomerPurchaseIp { get; set; }

    internal ExpandableField<UnmodelledObject> InternalCustomerSignature { get; set; }

    [JsonIgnore]
    public string CustomerSignatureId
    {
        get => InternalCustomerSignature?.Id;
        set => InternalCustomerSignature = SetExpandableFieldId(value, InternalCustomerSignature);
    }

    internal ExpandableField<UnmodelledObject> InternalDuplicateChargeDocumentation { get; set; }

    [JsonIgnore]
    public string DuplicateChargeDocumentationId
    {
        get => InternalDuplicateChargeDocumentation?.Id;
        set => InternalDuplicateChargeDocumentation = SetExpandableFieldId(value, InternalDuplicateChargeDocumentation);
    }

    public string DuplicateChargeExplanation { get; set; }
    public string DuplicateChargeId { get; set; }
    public string ProductDescription { get; set; }

    internal ExpandableField<UnmodelledObject> InternalReceipt { get; set; }

    [JsonIgnore]
    public string ReceiptId
    {
        get => InternalReceipt?.Id;
        set => InternalReceipt = SetExpandableFieldId(value, InternalReceipt);
    }

    internal ExpandableField<UnmodelledObject> InternalRefundPolicy { get; set; }

    [JsonIgnore]
    public string RefundPolicyId
    {
        get => InternalRefundPolicy?.Id;
        set => InternalRefundPolicy = SetExpandableFieldId(value, InternalRefundPolicy);
    }

    public string RefundPolicyDisclosure { get; set; }
    public string RefundRefusalExplanation { get; set; }
    public string ServiceDate { get; set; }

    internal ExpandableField<UnmodelledObject> InternalServiceDocumentation { get; set; }

    [JsonIgnore]
    public string ServiceDocumentationId
    {
        get => InternalServiceDocumentation?.Id;
        set => InternalServiceDocumentation = SetExpandableFieldId(value, InternalServiceDocumentation);
    }

    public string ShippingAddress { get; set; }
    public string ShippingCarrier { get; set; }
    public string ShippingDate { get; set; }

    internal ExpandableField<UnmodelledObject> InternalShippingDocumentation { get; set; }

    [JsonIgnore]
    public string ShippingDocumentationId
    {
        get => InternalShippingDocumentation?.Id;
        set => InternalShippingDocumentation = SetExpandableFieldId(value, InternalShippingDocumentation);
    }

    public string ShippingTrackingNumber { get; set; }

    internal ExpandableField<UnmodelledObject> InternalUncategorizedFile { get; set; }

    [JsonIgnore]
    public string UncategorizedFileId
    {
        get => InternalUncategorizedFile?.Id;
        set => InternalUncategorizedFile = SetExpandableFieldId(value, InternalUncategorizedFile);
    }

    public string UncategorizedText { get; set; }
}

/// <summary>Deadline (UTC) and state of the evidence.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class DisputeEvidenceDetails : StripeEntity<DisputeEvidenceDetails>
{
    public DateTime? DueBy { get; set; }
    public bool HasEvidence { get; set; }
    public bool PastDue { get; set; }
    public long SubmissionCount { get; set; }
}

/// <summary>How the disputed charge was paid.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class DisputePaymentMethodDetails : StripeEntity<DisputePaymentMethodDetails>
{
    public DisputePaymentMethodDetailsCard Card { get; set; }
    public string Type { get; set; }
}

/// <summary>The card network's view of the dispute.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class DisputePaymentMethodDetailsCard : StripeEntity<DisputePaymentMethodDetailsCard>
{
    public string Brand { get; set; }
    public string CaseType { get; set; }
    public string Network { get; set; }
    public string NetworkReasonCode { get; set; }
}
