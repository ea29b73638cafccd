using System.Text.Json.Serialization;
using Stripe.Json;

namespace Stripe;

/// <summary>One line of a Checkout Session, in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class LineItem : StripeEntity<LineItem>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public LineItemAdjustableQuantity AdjustableQuantity { get; set; }
    public long AmountDiscount { get; set; }
    public long AmountSubtotal { get; set; }
    public long AmountTax { get; set; }
    public long AmountTotal { get; set; }
    public string Currency { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Deleted { get; set; }

    public string Description { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public Price Price { get; set; }
    public long? Quantity { get; set; }
}

/// <summary>The bounds within which the buyer may change the quantity.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class LineItemAdjustableQuantity : StripeEntity<LineItemAdjustableQuantity>
{
    public bool Enabled { get; set; }
    public long? Maximum { get; set; }
    public long? Minimum { get; set; }
}

/// <summary>What one unit costs (<c>price_…</c>), in minor units.</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Price : StripeEntity<Price>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public bool Active { get; set; }
    public string BillingScheme { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;
    public string Currency { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Deleted { get; set; }

    public bool Livemode { get; set; }
    public string LookupKey { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string Nickname { get; set; }

    internal ExpandableField<Product> InternalProduct { get; set; }

    [JsonIgnore]
    public string ProductId
    {
        get => InternalProduct?.Id;
        set => InternalProduct = SetExpandableFieldId(value, InternalProduct);
    }

    [JsonIgnore]
    public Product Product
    {
        get => InternalProduct?.ExpandedObject;
        set => InternalProduct = SetExpandableFieldObject(value, InternalProduct);
    }

    public string TaxBehavior { get; set; }
    public string TiersMode { get; set; }
    public string Type { get; set; }
    public long? UnitAmount { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public decimal? UnitAmountDecimal { get; set; }
}

/// <summary>What a price is for (<c>prod_…</c>).</summary>
[JsonConverter(typeof(EntityConverterFactory))]
public class Product : StripeEntity<Product>, IHasId, IHasMetadata, IHasObject
{
    public string Id { get; set; }
    public string Object { get; set; }
    public bool Active { get; set; }
    public DateTime Created { get; set; } = DateTime.UnixEpoch;

    internal ExpandableField<Price> InternalDefaultPrice { get; set; }

    [JsonIgnore]
    public string DefaultPriceId
    {
        get => InternalDefaultPrice?.Id;
        set => InternalDefaultPrice = SetExpandableFieldId(value, InternalDefaultPrice);
    }

    [JsonIgnore]
    public Price DefaultPrice
    {
        get => InternalDefaultPrice?.ExpandedObject;
        set => InternalDefaultPrice = SetExpandableFieldObject(value, InternalDefaultPrice);
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Deleted { get; set; }

    public string Description { get; set; }
    public List<string> Images { get; set; }
    public bool Livemode { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string Name { get; set; }
    public bool? Shippable { get; set; }
    public string StatementDescriptor { get; set; }

    internal ExpandableField<UnmodelledObject> InternalTaxCode { get; set; }

    [JsonIgnore]
    public string TaxCodeId
    {
        get => InternalTaxCode?.Id;
        set => InternalTaxCode = SetExpandableFieldId(value, InternalTaxCode);
    }

    public string Type { get; set; }
    public string UnitLabel { get; set; }
    public DateTime Updated { get; set; } = DateTime.UnixEpoch;
    public string Url { get; set; }
}
