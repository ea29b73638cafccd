using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class CreateOrderInput
{
    [JsonProperty("Content-Type")]
    public string ContentType { get; set; }

    [JsonProperty("body")]
    public OrderRequest Body { get; set; }

    [JsonProperty("PayPal-Mock-Response", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalMockResponse { get; set; }

    [JsonProperty("PayPal-Request-Id", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalRequestId { get; set; }

    [JsonProperty("PayPal-Partner-Attribution-Id", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalPartnerAttributionId { get; set; }

    [JsonProperty("PayPal-Client-Metadata-Id", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalClientMetadataId { get; set; }

    [JsonProperty("Prefer", NullValueHandling = NullValueHandling.Ignore)]
    public string Prefer { get; set; }

    [JsonProperty("PayPal-Auth-Assertion", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalAuthAssertion { get; set; }
}

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class GetOrderInput
{
    [JsonProperty("id")]
    public string Id { get; set; }

    [JsonProperty("PayPal-Mock-Response", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalMockResponse { get; set; }

    [JsonProperty("PayPal-Auth-Assertion", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalAuthAssertion { get; set; }

    [JsonProperty("fields", NullValueHandling = NullValueHandling.Ignore)]
    public string Fields { get; set; }
}

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class CaptureOrderInput
{
    [JsonProperty("id")]
    public string Id { get; set; }

    [JsonProperty("Content-Type")]
    public string ContentType { get; set; }

    [JsonProperty("PayPal-Mock-Response", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalMockResponse { get; set; }

    [JsonProperty("PayPal-Request-Id", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalRequestId { get; set; }

    [JsonProperty("Prefer", NullValueHandling = NullValueHandling.Ignore)]
    public string Prefer { get; set; }

    [JsonProperty("PayPal-Client-Metadata-Id", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalClientMetadataId { get; set; }

    [JsonProperty("PayPal-Auth-Assertion", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalAuthAssertion { get; set; }

    [JsonProperty("body", NullValueHandling = NullValueHandling.Ignore)]
    public OrderCaptureRequest Body { get; set; }
}

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class RefundCapturedPaymentInput
{
    [JsonProperty("capture_id")]
    public string CaptureId { get; set; }

    [JsonProperty("Content-Type")]
    public string ContentType { get; set; }

    [JsonProperty("PayPal-Mock-Response", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalMockResponse { get; set; }

    [JsonProperty("PayPal-Request-Id", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalRequestId { get; set; }

    [JsonProperty("Prefer", NullValueHandling = NullValueHandling.Ignore)]
    public string Prefer { get; set; }

    [JsonProperty("PayPal-Auth-Assertion", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalAuthAssertion { get; set; }

    [JsonProperty("body", NullValueHandling = NullValueHandling.Ignore)]
    public RefundRequest Body { get; set; }
}

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class GetCapturedPaymentInput
{
    [JsonProperty("capture_id")]
    public string CaptureId { get; set; }

    [JsonProperty("PayPal-Mock-Response", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalMockResponse { get; set; }
}

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class GetRefundInput
{
    [JsonProperty("refund_id")]
    public string RefundId { get; set; }

    [JsonProperty("PayPal-Mock-Response", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalMockResponse { get; set; }

    [JsonProperty("PayPal-Auth-Assertion", NullValueHandling = NullValueHandling.Ignore)]
    public string PaypalAuthAssertion { get; set; }
}

/// <summary>The parameters of a call. A header that is null is not sent.</summary>
public class RequestTokenInput
{
    [JsonProperty("grant_type")]
    public string GrantType { get; set; }

    [JsonProperty("Authorization")]
    public string Authorization { get; set; }

    [JsonProperty("scope", NullValueHandling = NullValueHandling.Ignore)]
    public string Scope { get; set; }
}
