using System.Collections.Immutable;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary>Something that the shop sells, or has sold.</summary>
/// <param name="UnitNet">Minor units for one, without VAT.</param>
/// <param name="WeightGrams">Of one, as it is packed; 0 where nobody has said.</param>
/// <param name="IsCounted">The shop sells as many as there are; of anything else there is no end.</param>
public sealed record Product(
    string Sku,
    string Name,
    string Category,
    string Description,
    long UnitNet,
    string Currency,
    VatClass VatClass,
    int WeightGrams = 0,
    bool Withdrawn = false,
    bool IsCounted = false)
{
    public const int LongestSku = 40;

    /// <summary>How many an order can have of any product.</summary>
    public const int MostOfOne = 10_000;

    /// <summary>What delivery is called among an order's lines; no product is.</summary>
    public const string DeliverySku = "delivery";

    /// <summary>Where pictures of it are: addresses on the web, or paths of the storefront's own; the shop neither stores nor fetches them.</summary>
    public ImmutableArray<string> Pictures { get; init; } = [];

    /// <summary>Where there is more to read about it: an address as those of the pictures; null for nowhere.</summary>
    public string? DescriptionUrl { get; init; }

    /// <summary>How many one order can have of it, so that nobody keeps what there is from all others; null for any number.</summary>
    public int? MostPerOrder { get; init; }

    /// <summary>Whether there was any when the catalogue was read.</summary>
    public bool InStock { get; init; } = true;

    /// <summary>Names what is said of the product, however it is stored: whoever changes it has read it so. The price with VAT is part of that.</summary>
    public string Tag(VatOptions vat) => ETags.OfText($"{this with { Pictures = [] }}\n{vat.HomeRateOf(VatClass)}\n{string.Join('\n', Pictures)}");

    /// <returns>True when a product can have this SKU: it is part of addresses and keys.</returns>
    public static bool IsSku(string text) =>
        text.Length is > 0 and <= LongestSku && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
        && !text.Equals(DeliverySku, StringComparison.OrdinalIgnoreCase);
}
