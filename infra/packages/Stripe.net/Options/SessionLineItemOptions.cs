using Stripe.Forms;

namespace Stripe.Checkout;

/// <summary>One line: either an existing <see cref="Price"/> or an inline <see cref="PriceData"/>.</summary>
public class SessionLineItemOptions : IHasId, IHasMetadata, INestedOptions, IHasSetTracking
{
    private readonly SetTracker tracker = new();
    private Dictionary<string, string> metadata;
    private List<string> taxRates;

    public SessionLineItemAdjustableQuantityOptions AdjustableQuantity { get; set; }
    public string Id { get; set; }

    public Dictionary<string, string> Metadata
    {
        get => metadata;
        set
        {
            metadata = value;
            tracker.Track();
        }
    }

    public string Price { get; set; }
    public SessionLineItemPriceDataOptions PriceData { get; set; }
    public long? Quantity { get; set; }

    public List<string> TaxRates
    {
        get => taxRates;
        set
        {
            taxRates = value;
            tracker.Track();
        }
    }

    bool IHasSetTracking.IsPropertySet(string propertyName) => tracker.IsSet(propertyName);
}

/// <summary>The bounds within which the buyer may change the quantity.</summary>
public class SessionLineItemAdjustableQuantityOptions : INestedOptions
{
    public bool? Enabled { get; set; }
    public long? Maximum { get; set; }
    public long? Minimum { get; set; }
}

/// <summary>An inline price per unit, in minor units of <see cref="Currency"/>.</summary>
public class SessionLineItemPriceDataOptions : INestedOptions
{
    public string Currency { get; set; }
    public string Product { get; set; }
    public SessionLineItemPriceDataProductDataOptions ProductData { get; set; }
    public SessionLineItemPriceDataRecurringOptions Recurring { get; set; }
    public string TaxBehavior { get; set; }
    public long? UnitAmount { get; set; }
    public decimal? UnitAmountDecimal { get; set; }
}

/// <summary>An inline product; <see cref="Name"/> is what the buyer reads.</summary>
public class SessionLineItemPriceDataProductDataOptions : IHasMetadata, INestedOptions
{
    public string Description { get; set; }
    public List<string> Images { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string Name { get; set; }
    public string TaxCode { get; set; }
    public string UnitLabel { get; set; }
}

/// <summary>The interval of a subscription price.</summary>
public class SessionLineItemPriceDataRecurringOptions : INestedOptions
{
    public string Interval { get; set; }
    public long? IntervalCount { get; set; }
}
