using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>An address as its owner sends it; a default that is left out stays as it is.</summary>
public sealed record AddressRequest(
    string Name,
    string Line1,
    string City,
    string Country,
    string? Postcode = null,
    string? Line2 = null,
    string? Region = null,
    string? Label = null,
    bool? DefaultDelivery = null,
    bool? DefaultBilling = null)
{
    public Problem? Validate()
    {
        var validation = new Validation();
        PostalAddress.Check(validation, "", Name, Line1, Line2, City, Region, Postcode, Country);
        validation.OptionalText(Label, "label", 50);
        return validation.Problem;
    }

    /// <summary>What is kept of it, without what is said of defaults: two that are equal are the same address.</summary>
    public AddressRequest Trimmed() => new(
        Name.Trim(), Line1.Trim(), City.Trim(), Country, Given(Postcode), Given(Line2), Given(Region), Given(Label));

    public static AddressRequest Of(AddressEntity address) => new(
        address.Name, address.Line1, address.City, address.Country, address.Postcode, address.Line2, address.Region, address.Label);

    public void ApplyTo(AddressEntity address)
    {
        (address.Name, address.Line1, address.Line2, address.City) = (Name, Line1, Line2, City);
        (address.Region, address.Postcode, address.Country, address.Label) = (Region, Postcode, Country, Label);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
