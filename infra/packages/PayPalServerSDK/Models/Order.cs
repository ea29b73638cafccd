using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>An order at PayPal. COMPLETED does not mean that money came in: the captures say that.</summary>
public class Order
{
    [JsonProperty("create_time", NullValueHandling = NullValueHandling.Ignore)]
    public string CreateTime { get; set; }

    [JsonProperty("update_time", NullValueHandling = NullValueHandling.Ignore)]
    public string UpdateTime { get; set; }

    [JsonProperty("id", NullValueHandling = NullValueHandling.Ignore)]
    public string Id { get; set; }

    [JsonProperty("payment_source", NullValueHandling = NullValueHandling.Ignore)]
    public PaymentSourceResponse PaymentSource { get; set; }

    [JsonProperty("intent", NullValueHandling = NullValueHandling.Ignore)]
    public CheckoutPaymentIntent? Intent { get; set; }

    [JsonProperty("payer", NullValueHandling = NullValueHandling.Ignore)]
    public Payer Payer { get; set; }

    [JsonProperty("purchase_units", NullValueHandling = NullValueHandling.Ignore)]
    public List<PurchaseUnit> PurchaseUnits { get; set; }

    [JsonProperty("status", NullValueHandling = NullValueHandling.Ignore)]
    public OrderStatus? Status { get; set; }

    [JsonProperty("links", NullValueHandling = NullValueHandling.Ignore)]
    public List<LinkDescription> Links { get; set; }
}

/// <summary>What is bought, and the payments for it.</summary>
public class PurchaseUnit
{
    [JsonProperty("reference_id", NullValueHandling = NullValueHandling.Ignore)]
    public string ReferenceId { get; set; }

    [JsonProperty("amount", NullValueHandling = NullValueHandling.Ignore)]
    public AmountWithBreakdown Amount { get; set; }

    [JsonProperty("payee", NullValueHandling = NullValueHandling.Ignore)]
    public PayeeBase Payee { get; set; }

    [JsonProperty("description", NullValueHandling = NullValueHandling.Ignore)]
    public string Description { get; set; }

    [JsonProperty("custom_id", NullValueHandling = NullValueHandling.Ignore)]
    public string CustomId { get; set; }

    [JsonProperty("invoice_id", NullValueHandling = NullValueHandling.Ignore)]
    public string InvoiceId { get; set; }

    [JsonProperty("id", NullValueHandling = NullValueHandling.Ignore)]
    public string Id { get; set; }

    [JsonProperty("soft_descriptor", NullValueHandling = NullValueHandling.Ignore)]
    public string SoftDescriptor { get; set; }

    [JsonProperty("items", NullValueHandling = NullValueHandling.Ignore)]
    public List<Item> Items { get; set; }

    [JsonProperty("payments", NullValueHandling = NullValueHandling.Ignore)]
    public PaymentCollection Payments { get; set; }
}

/// <summary>One line.</summary>
public class Item
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

/// <summary>The payments of a purchase unit.</summary>
public class PaymentCollection
{
    [JsonProperty("captures", NullValueHandling = NullValueHandling.Ignore)]
    public List<OrdersCapture> Captures { get; set; }

    [JsonProperty("refunds", NullValueHandling = NullValueHandling.Ignore)]
    public List<Refund> Refunds { get; set; }
}
