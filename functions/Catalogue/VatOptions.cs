using System.ComponentModel.DataAnnotations;
using Shop.Functions.Platform;

namespace Shop.Functions.Catalogue;

/// <summary>
/// Settings <c>Vat__*</c>, in per cent: what each class of goods bears in the United Kingdom, and in the member states of the
/// European Union for which the shop declares VAT through the one-stop shop. Whatever goes elsewhere is exported at zero.
/// </summary>
public sealed class VatOptions : IValidatableObject
{
    public const string Section = "Vat";

    /// <summary>Where the shop is.</summary>
    public const string HomeCountry = "GB";

    private const decimal Highest = 50;

    public decimal Standard { get; set; } = 20;

    public decimal Reduced { get; set; } = 5;

    /// <summary>By country (ISO 3166-1), for instance <c>Vat__OneStopShop__DE__Standard</c>; one that is not here is exported to.</summary>
    public Dictionary<string, Rates> OneStopShop { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The Isle of Man is one VAT area with the United Kingdom, and goods that go from Great Britain to Northern Ireland bear its
    /// VAT as any others do; the Channel Islands are outside of it.
    /// </summary>
    public static bool IsHome(string country) => country is HomeCountry or "IM";

    /// <returns>Hundredths of a per cent on goods that stay in the shop's country.</returns>
    public int HomeRateOf(VatClass vatClass) => RateOf(vatClass, HomeCountry);

    /// <param name="country">Where the goods go (ISO 3166-1).</param>
    /// <returns>Hundredths of a per cent.</returns>
    public int RateOf(VatClass vatClass, string country)
    {
        if (IsHome(country)) return BasisPoints(vatClass switch { VatClass.Standard => Standard, VatClass.Reduced => Reduced, _ => 0 });
        if (OneStopShop.GetValueOrDefault(country) is not { } rates) return 0;
        return BasisPoints(vatClass switch { VatClass.Standard => rates.Standard, VatClass.Reduced => rates.Reduced, _ => rates.Zero } ?? 0);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsRate(Standard) || !IsRate(Reduced)) yield return new($"Vat__Standard and Vat__Reduced must be per cent between 0 and {Highest}, with two decimals at most.");
        foreach (var (country, rates) in OneStopShop)
        {
            if (!EuropeanUnion.Members.Contains(country))
                yield return new($"Vat__OneStopShop__{country}: a member state of the European Union is needed there, as ISO 3166-1 writes it.");
            else if (!IsRate(rates.Standard) || !IsRate(rates.Reduced) || !IsRate(rates.Zero))
                yield return new($"Vat__OneStopShop__{country} needs Standard, Reduced and Zero: per cent between 0 and {Highest}, with two decimals at most.");
        }
    }

    private static bool IsRate(decimal? rate) => rate is >= 0 and <= Highest && rate * 100 == decimal.Truncate(rate.Value * 100);

    private static int BasisPoints(decimal rate) => (int)(rate * 100);

    /// <summary>What a member state asks of goods that are in these classes at home: books bear a reduced rate in most.</summary>
    public sealed class Rates
    {
        public decimal? Standard { get; set; }

        public decimal? Reduced { get; set; }

        public decimal? Zero { get; set; }
    }
}
