namespace Shop.Functions.Orders;

/// <summary>Whom the invoice names, where that is not who gets the goods: a company that claims its VAT back needs its own name there.</summary>
public sealed record BillingAddress
{
    public required string Name { get; init; }

    public required string Line1 { get; init; }

    public string? Line2 { get; init; }

    public required string City { get; init; }

    public string? Region { get; init; }

    /// <summary>Absent where the country has none.</summary>
    public string? Postcode { get; init; }

    /// <summary>ISO 3166-1, two letters; no tax follows from it.</summary>
    public required string Country { get; init; }
}
