using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>A capture as part of an order.</summary>
public class OrdersCapture
{
    [JsonProperty("status", NullValueHandling = NullValueHandling.Ignore)]
    public CaptureStatus? Status { get; set; }

    [JsonProperty("status_details", NullValueHandling = NullValueHandling.Ignore)]
    public CaptureStatusDetails StatusDetails { get; set; }

    [JsonProperty("id", NullValueHandling = NullValueHandling.Ignore)]
    public string Id { get; set; }

    [JsonProperty("amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money Amount { get; set; }

    [JsonProperty("invoice_id", NullValueHandling = NullValueHandling.Ignore)]
    public string InvoiceId { get; set; }

    [JsonProperty("custom_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CustomId { get; set; }

    [JsonProperty("seller_protection", NullValueHandling = NullValueHandling.Ignore)]
    public SellerProtection SellerProtection { get; set; }

    [JsonProperty("final_capture", NullValueHandling = NullValueHandling.Ignore)]
    public bool? FinalCapture { get; set; }

    [JsonProperty("seller_receivable_breakdown", NullValueHandling = NullValueHandling.Ignore)]
    public SellerReceivableBreakdown SellerReceivableBreakdown { get; set; }

    [JsonProperty("links", NullValueHandling = NullValueHandling.Ignore)]
    public List<LinkDescription> Links { get; set; }

    [JsonProperty("create_time", NullValueHandling = NullValueHandling.Ignore)]
    public string CreateTime { get; set; }

    [JsonProperty("update_time", NullValueHandling = NullValueHandling.Ignore)]
    public string UpdateTime { get; set; }
}

/// <summary>A capture by itself; it also names the order.</summary>
public class CapturedPayment
{
    [JsonProperty("status", NullValueHandling = NullValueHandling.Ignore)]
    public CaptureStatus? Status { get; set; }

    [JsonProperty("status_details", NullValueHandling = NullValueHandling.Ignore)]
    public CaptureStatusDetails StatusDetails { get; set; }

    [JsonProperty("id", NullValueHandling = NullValueHandling.Ignore)]
    public string Id { get; set; }

    [JsonProperty("amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money Amount { get; set; }

    [JsonProperty("invoice_id", NullValueHandling = NullValueHandling.Ignore)]
    public string InvoiceId { get; set; }

    [JsonProperty("custom_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CustomId { get; set; }

    [JsonProperty("seller_protection", NullValueHandling = NullValueHandling.Ignore)]
    public SellerProtection SellerProtection { get; set; }

    [JsonProperty("final_capture", NullValueHandling = NullValueHandling.Ignore)]
    public bool? FinalCapture { get; set; }

    [JsonProperty("seller_receivable_breakdown", NullValueHandling = NullValueHandling.Ignore)]
    public SellerReceivableBreakdown SellerReceivableBreakdown { get; set; }

    [JsonProperty("links", NullValueHandling = NullValueHandling.Ignore)]
    public List<LinkDescription> Links { get; set; }

    [JsonProperty("create_time", NullValueHandling = NullValueHandling.Ignore)]
    public string CreateTime { get; set; }

    [JsonProperty("update_time", NullValueHandling = NullValueHandling.Ignore)]
    public string UpdateTime { get; set; }

    [JsonProperty("supplementary_data", NullValueHandling = NullValueHandling.Ignore)]
    public PaymentSupplementaryData SupplementaryData { get; set; }

    [JsonProperty("payee", NullValueHandling = NullValueHandling.Ignore)]
    public PayeeBase Payee { get; set; }
}

/// <summary>Why a capture is not final.</summary>
public class CaptureStatusDetails
{
    [JsonProperty("reason", NullValueHandling = NullValueHandling.Ignore)]
    public CaptureIncompleteReason? Reason { get; set; }
}

/// <summary>What belongs to a payment.</summary>
public class PaymentSupplementaryData
{
    [JsonProperty("related_ids", NullValueHandling = NullValueHandling.Ignore)]
    public RelatedIdentifiers RelatedIds { get; set; }
}

/// <summary>Ids of what belongs to a payment.</summary>
public class RelatedIdentifiers
{
    [JsonProperty("order_id", NullValueHandling = NullValueHandling.Ignore)]
    public string OrderId { get; set; }

    [JsonProperty("authorization_id", NullValueHandling = NullValueHandling.Ignore)]
    public string AuthorizationId { get; set; }

    [JsonProperty("capture_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CaptureId { get; set; }
}

/// <summary>Whether PayPal covers the seller.</summary>
public class SellerProtection
{
    [JsonProperty("status", NullValueHandling = NullValueHandling.Ignore)]
    public SellerProtectionStatus? Status { get; set; }

    [JsonProperty("dispute_categories", NullValueHandling = NullValueHandling.Ignore)]
    public List<DisputeCategory> DisputeCategories { get; set; }
}

/// <summary>What of a capture reaches the seller.</summary>
public class SellerReceivableBreakdown
{
    [JsonProperty("gross_amount")]
    public Money GrossAmount { get; set; }

    [JsonProperty("paypal_fee", NullValueHandling = NullValueHandling.Ignore)]
    public Money PaypalFee { get; set; }

    [JsonProperty("paypal_fee_in_receivable_currency", NullValueHandling = NullValueHandling.Ignore)]
    public Money PaypalFeeInReceivableCurrency { get; set; }

    [JsonProperty("net_amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money NetAmount { get; set; }

    [JsonProperty("receivable_amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money ReceivableAmount { get; set; }
}
