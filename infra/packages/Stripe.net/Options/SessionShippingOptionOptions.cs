namespace Stripe.Checkout;

/// <summary>A delivery choice: an existing rate or an inline one.</summary>
public class SessionShippingOptionOptions : INestedOptions
{
    public string ShippingRate { get; set; }
    public SessionShippingOptionShippingRateDataOptions ShippingRateData { get; set; }
}

/// <summary>An inline delivery rate.</summary>
public class SessionShippingOptionShippingRateDataOptions : IHasMetadata, INestedOptions
{
    public SessionShippingOptionShippingRateDataDeliveryEstimateOptions DeliveryEstimate { get; set; }
    public string DisplayName { get; set; }
    public SessionShippingOptionShippingRateDataFixedAmountOptions FixedAmount { get; set; }
    public Dictionary<string, string> Metadata { get; set; }
    public string TaxBehavior { get; set; }
    public string TaxCode { get; set; }
    public string Type { get; set; }
}

/// <summary>How long delivery takes.</summary>
public class SessionShippingOptionShippingRateDataDeliveryEstimateOptions : INestedOptions
{
    public SessionShippingOptionShippingRateDataDeliveryEstimateMaximumOptions Maximum { get; set; }
    public SessionShippingOptionShippingRateDataDeliveryEstimateMinimumOptions Minimum { get; set; }
}

/// <summary>The longest delivery time: a count of <see cref="Unit"/>.</summary>
public class SessionShippingOptionShippingRateDataDeliveryEstimateMaximumOptions : INestedOptions
{
    public string Unit { get; set; }
    public long? Value { get; set; }
}

/// <summary>The shortest delivery time: a count of <see cref="Unit"/>.</summary>
public class SessionShippingOptionShippingRateDataDeliveryEstimateMinimumOptions : INestedOptions
{
    public string Unit { get; set; }
    public long? Value { get; set; }
}

/// <summary>A fixed delivery price, in minor units.</summary>
public class SessionShippingOptionShippingRateDataFixedAmountOptions : INestedOptions
{
    public long? Amount { get; set; }
    public string Currency { get; set; }
    public Dictionary<string, SessionShippingOptionShippingRateDataFixedAmountCurrencyOptionsOptions> CurrencyOptions { get; set; }
}

/// <summary>The delivery price in another currency, in minor units.</summary>
public class SessionShippingOptionShippingRateDataFixedAmountCurrencyOptionsOptions : INestedOptions
{
    public long? Amount { get; set; }
    public string TaxBehavior { get; set; }
}
