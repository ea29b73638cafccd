using Shop.Functions.Platform;

namespace Shop.Functions.Orders;

public sealed record DeliveryAddress
{
    public required string Name { get; init; }

    public required string Line1 { get; init; }

    public string? Line2 { get; init; }

    public required string City { get; init; }

    public string? Region { get; init; }

    /// <summary>Absent where the country has none.</summary>
    public string? Postcode { get; init; }

    /// <summary>ISO 3166-1, two letters: where the goods go decides over VAT, so tax law wants it kept.</summary>
    [DataClass(DataClass.OrderFiscal)] public required string Country { get; init; }
}
