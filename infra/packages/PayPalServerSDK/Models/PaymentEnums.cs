using System.Runtime.Serialization;
using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

[JsonConverter(typeof(UnknownEnumConverter))]
public enum CaptureStatus
{
    [EnumMember(Value = "COMPLETED")]
    Completed,

    [EnumMember(Value = "DECLINED")]
    Declined,

    [EnumMember(Value = "PARTIALLY_REFUNDED")]
    PartiallyRefunded,

    [EnumMember(Value = "PENDING")]
    Pending,

    [EnumMember(Value = "REFUNDED")]
    Refunded,

    [EnumMember(Value = "FAILED")]
    Failed,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum CaptureIncompleteReason
{
    [EnumMember(Value = "BUYER_COMPLAINT")]
    BuyerComplaint,

    [EnumMember(Value = "CHARGEBACK")]
    Chargeback,

    [EnumMember(Value = "ECHECK")]
    Echeck,

    [EnumMember(Value = "INTERNATIONAL_WITHDRAWAL")]
    InternationalWithdrawal,

    [EnumMember(Value = "OTHER")]
    Other,

    [EnumMember(Value = "PENDING_REVIEW")]
    PendingReview,

    [EnumMember(Value = "RECEIVING_PREFERENCE_MANDATES_MANUAL_ACTION")]
    ReceivingPreferenceMandatesManualAction,

    [EnumMember(Value = "REFUNDED")]
    Refunded,

    [EnumMember(Value = "TRANSACTION_APPROVED_AWAITING_FUNDING")]
    TransactionApprovedAwaitingFunding,

    [EnumMember(Value = "UNILATERAL")]
    Unilateral,

    [EnumMember(Value = "VERIFICATION_REQUIRED")]
    VerificationRequired,

    [EnumMember(Value = "DECLINED_BY_RISK_FRAUD_FILTERS")]
    DeclinedByRiskFraudFilters,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum RefundStatus
{
    [EnumMember(Value = "CANCELLED")]
    Cancelled,

    [EnumMember(Value = "FAILED")]
    Failed,

    [EnumMember(Value = "PENDING")]
    Pending,

    [EnumMember(Value = "COMPLETED")]
    Completed,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum RefundIncompleteReason
{
    [EnumMember(Value = "ECHECK")]
    Echeck,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum SellerProtectionStatus
{
    [EnumMember(Value = "ELIGIBLE")]
    Eligible,

    [EnumMember(Value = "PARTIALLY_ELIGIBLE")]
    PartiallyEligible,

    [EnumMember(Value = "NOT_ELIGIBLE")]
    NotEligible,

    _Unknown,
}

[JsonConverter(typeof(UnknownEnumConverter))]
public enum DisputeCategory
{
    [EnumMember(Value = "ITEM_NOT_RECEIVED")]
    ItemNotReceived,

    [EnumMember(Value = "UNAUTHORIZED_TRANSACTION")]
    UnauthorizedTransaction,

    _Unknown,
}
