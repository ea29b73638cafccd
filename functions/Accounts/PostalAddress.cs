using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>What an address must look like, in the address book and on an order alike: one that is kept can be ordered to.</summary>
public static class PostalAddress
{
    /// <param name="path">Where it stands in the request, with a dot at the end; empty for the request itself.</param>
    /// <param name="postcode">Needed where the country has them.</param>
    /// <param name="country">ISO 3166-1, two letters.</param>
    public static void Check(
        Validation validation, string path, string? name, string? line1, string? line2, string? city, string? region, string? postcode, string? country)
    {
        validation.Text(name, path + "name", 200);
        validation.Text(line1, path + "line1", 200);
        validation.OptionalText(line2, path + "line2", 200);
        validation.Text(city, path + "city", 100);
        validation.OptionalText(region, path + "region", 100);
        if (country is not null && Countries.HasPostcodes(country)) validation.Text(postcode, path + "postcode", 20);
        else validation.OptionalText(postcode, path + "postcode", 20);
        validation.Require(country is not null && Countries.IsOne(country), path + "country", "No country has this code (ISO 3166-1, two capital letters); the United Kingdom is GB, Greece is GR.");
    }
}
