using System.ComponentModel.DataAnnotations;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Settings <c>Invoices__*</c>: who sells, as invoices and credit notes must say it.</summary>
public sealed class InvoiceOptions : IValidatableObject
{
    public const string Section = "Invoices";

    /// <summary>The company's name.</summary>
    public string SellerName { get; set; } = "";

    /// <summary>Its address in one line; commas part it into lines.</summary>
    public string SellerAddress { get; set; } = "";

    /// <summary>Its VAT registration number, with or without the country.</summary>
    public string VatNumber { get; set; } = "";

    /// <summary>Its number in the EU's one-stop shop, on invoices that bear a member state's VAT; empty where it has none, or does not print it.</summary>
    public string OneStopShopNumber { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(SellerName)) yield return new("Invoices__SellerName is missing: set the company that sells, as its invoices name it.");
        if (string.IsNullOrWhiteSpace(SellerAddress)) yield return new("Invoices__SellerAddress is missing: set the company's postal address, as its invoices have it.");
        if (!Invoices.VatNumber.Is(VatNumber)) yield return new("Invoices__VatNumber is missing or no British VAT number: set nine or twelve digits, for instance GB 123 4567 82.");
        if (OneStopShopNumber.Length > 0 && !Invoices.OneStopShopNumber.Is(OneStopShopNumber))
            yield return new("Invoices__OneStopShopNumber is no number of the EU's one-stop shop: set for instance IM and ten digits, EU and nine, or a member state's VAT number; or leave it out.");
    }
}
