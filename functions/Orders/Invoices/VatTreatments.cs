using System.Collections.Immutable;
using Shop.Functions.Catalogue;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Whose VAT a sale bears, by where its goods go and by its own lines, which know what was configured when it was placed. Pure.</summary>
public static class VatTreatments
{
    /// <param name="country">ISO 3166-1.</param>
    /// <returns>Null where nobody knows where the goods went, or whose VAT it is.</returns>
    public static VatTreatment? Of(string? country, ImmutableArray<OrderLine> lines) => country switch
    {
        null => null,
        _ when VatOptions.IsHome(country) => VatTreatment.Domestic,
        _ when lines.All(line => line.VatBasisPoints == 0) => VatTreatment.Exported,
        _ => EuropeanUnion.Members.Contains(country) ? VatTreatment.OneStopShop : null,
    };
}
