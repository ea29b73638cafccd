using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>What an order is created from.</summary>
public class OrderRequest
{
    [JsonProperty("intent")]
    public CheckoutPaymentIntent Intent { get; set; }

    [JsonProperty("payer", NullValueHandling = NullValueHandling.Ignore)]
    public Payer Payer { get; set; }

    [JsonProperty("purchase_units")]
    public List<PurchaseUnitRequest> PurchaseUnits { get; set; }

    [JsonProperty("payment_source", NullValueHandling = NullValueHandling.Ignore)]
    public PaymentSource PaymentSource { get; set; }
}

/// <summary>What is bought. Amounts must add up, or PayPal refuses the order.</summary>
public class PurchaseUnitRequest
{
    [JsonProperty("reference_id", NullValueHandling = NullValueHandling.Ignore)]
    public string ReferenceId { get; set; }

    [JsonProperty("amount")]
    public AmountWithBreakdown Amount { get; set; }

    [JsonProperty("payee", NullValueHandling = NullValueHandling.Ignore)]
    public PayeeBase Payee { get; set; }

    [JsonProperty("description", NullValueHandling = NullValueHandling.Ignore)]
    public string Description { get; set; }

    [JsonProperty("custom_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CustomId { get; set; }

    [JsonProperty("invoice_id", NullValueHandling = NullValueHandling.Ignore)]
    public string InvoiceId { get; set; }

    [JsonProperty("soft_descriptor", NullValueHandling = NullValueHandling.Ignore)]
    public string SoftDescriptor { get; set; }

    [JsonProperty("items", NullValueHandling = NullValueHandling.Ignore)]
    public List<ItemRequest> Items { get; set; }

    [JsonProperty("shipping", NullValueHandling = NullValueHandling.Ignore)]
    public ShippingDetails Shipping { get; set; }
}

/// <summary>One line. <see cref="Quantity" /> is a whole number as text.</summary>
public class ItemRequest
{
    [JsonProperty("name")]
    public string Name { get; set; }

    [JsonProperty("unit_amount")]
    public Money UnitAmount { get; set; }

    [JsonProperty("tax", NullValueHandling = NullValueHandling.Ignore)]
    public Money Tax { get; set; }

    [JsonProperty("quantity")]
    public string Quantity { get; set; }

    [JsonProperty("description", NullValueHandling = NullValueHandling.Ignore)]
    public string Description { get; set; }

    [JsonProperty("sku", NullValueHandling = NullValueHandling.Ignore)]
    public string Sku { get; set; }

    [JsonProperty("url", NullValueHandling = NullValueHandling.Ignore)]
    public string Url { get; set; }

    [JsonProperty("category", NullValueHandling = NullValueHandling.Ignore)]
    public ItemCategory? Category { get; set; }

    [JsonProperty("image_url", NullValueHandling = NullValueHandling.Ignore)]
    public string ImageUrl { get; set; }
}

/// <summary>Sent as <c>{}</c>.</summary>
public class OrderCaptureRequest
{
}
