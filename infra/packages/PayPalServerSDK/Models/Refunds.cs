using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>What to send back. Without an amount: all that is left.</summary>
public class RefundRequest
{
    [JsonProperty("amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money Amount { get; set; }

    [JsonProperty("custom_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CustomId { get; set; }

    [JsonProperty("invoice_id", NullValueHandling = NullValueHandling.Ignore)]
    public string InvoiceId { get; set; }

    [JsonProperty("note_to_payer", NullValueHandling = NullValueHandling.Ignore)]
    public string NoteToPayer { get; set; }
}

/// <summary>Money sent back.</summary>
public class Refund
{
    [JsonProperty("status", NullValueHandling = NullValueHandling.Ignore)]
    public RefundStatus? Status { get; set; }

    [JsonProperty("status_details", NullValueHandling = NullValueHandling.Ignore)]
    public RefundStatusDetails StatusDetails { get; set; }

    [JsonProperty("id", NullValueHandling = NullValueHandling.Ignore)]
    public string Id { get; set; }

    [JsonProperty("amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money Amount { get; set; }

    [JsonProperty("invoice_id", NullValueHandling = NullValueHandling.Ignore)]
    public string InvoiceId { get; set; }

    [JsonProperty("custom_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CustomId { get; set; }

    [JsonProperty("acquirer_reference_number", NullValueHandling = NullValueHandling.Ignore)]
    public string AcquirerReferenceNumber { get; set; }

    [JsonProperty("note_to_payer", NullValueHandling = NullValueHandling.Ignore)]
    public string NoteToPayer { get; set; }

    [JsonProperty("seller_payable_breakdown", NullValueHandling = NullValueHandling.Ignore)]
    public SellerPayableBreakdown SellerPayableBreakdown { get; set; }

    [JsonProperty("payer", NullValueHandling = NullValueHandling.Ignore)]
    public PayeeBase Payer { get; set; }

    [JsonProperty("links", NullValueHandling = NullValueHandling.Ignore)]
    public List<LinkDescription> Links { get; set; }

    [JsonProperty("create_time", NullValueHandling = NullValueHandling.Ignore)]
    public string CreateTime { get; set; }

    [JsonProperty("update_time", NullValueHandling = NullValueHandling.Ignore)]
    public string UpdateTime { get; set; }
}

/// <summary>Why a refund is not final.</summary>
public class RefundStatusDetails
{
    [JsonProperty("reason", NullValueHandling = NullValueHandling.Ignore)]
    public RefundIncompleteReason? Reason { get; set; }
}

/// <summary>What a refund costs the seller.</summary>
public class SellerPayableBreakdown
{
    [JsonProperty("gross_amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money GrossAmount { get; set; }

    [JsonProperty("paypal_fee", NullValueHandling = NullValueHandling.Ignore)]
    public Money PaypalFee { get; set; }

    [JsonProperty("paypal_fee_in_receivable_currency", NullValueHandling = NullValueHandling.Ignore)]
    public Money PaypalFeeInReceivableCurrency { get; set; }

    [JsonProperty("net_amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money NetAmount { get; set; }

    [JsonProperty("net_amount_in_receivable_currency", NullValueHandling = NullValueHandling.Ignore)]
    public Money NetAmountInReceivableCurrency { get; set; }

    [JsonProperty("total_refunded_amount", NullValueHandling = NullValueHandling.Ignore)]
    public Money TotalRefundedAmount { get; set; }
}
