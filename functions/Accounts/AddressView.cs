using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>An address as its owner sends it; a default that is left out stays as it is.</summary>
public sealed record AddressRequest(
    string Name,
    string Line1,
    string City,
    string Postcode,
    string Country,
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
        Name.Trim(), Line1.Trim(), City.Trim(), Postcode.Trim(), Country, Given(Line2), Given(Region), Given(Label));

    public static AddressRequest Of(AddressEntity address) => new(
        address.Name, address.Line1, address.City, address.Postcode, address.Country, address.Line2, address.Region, address.Label);

    public void ApplyTo(AddressEntity address)
    {
        (address.Name, address.Line1, address.Line2, address.City) = (Name, Line1, Line2, City);
        (address.Region, address.Postcode, address.Country, address.Label) = (Region, Postcode, Country, Label);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>An address as its owner sees it.</summary>
public sealed record AddressView(
    string Id,
    string? Label,
    string Name,
    string Line1,
    string? Line2,
    string City,
    string? Region,
    string Postcode,
    string Country,
    bool DefaultDelivery,
    bool DefaultBilling)
{
    public string Tag() => ETags.OfText(JsonSerializer.Serialize(this, AddressJson.Web.AddressView));

    public static AddressView Of(AddressBook book, AddressEntity address) => new(
        address.Id,
        address.Label,
        address.Name,
        address.Line1,
        address.Line2,
        address.City,
        address.Region,
        address.Postcode,
        address.Country,
        book.Account.DefaultDelivery == address.Id,
        book.Account.DefaultBilling == address.Id);

    public static Answer<AddressView> Answer(AddressBook book, AddressEntity address, int status = StatusCodes.Status200OK)
    {
        var view = Of(book, address);
        return new(view, AddressJson.Web.Type<AddressView>(), status)
        {
            ETag = view.Tag(),
            Location = status == StatusCodes.Status201Created ? $"/api/account/addresses/{address.Id}" : null,
        };
    }
}

/// <summary>The whole book, oldest first.</summary>
public sealed record AddressList(ImmutableArray<AddressView> Items)
{
    public static Answer<AddressList> Answer(AddressBook book)
    {
        var list = new AddressList(
            [.. book.Addresses.OrderBy(address => address.AddedAt).ThenBy(address => address.Id, StringComparer.Ordinal).Select(address => AddressView.Of(book, address))]);
        return new(list, AddressJson.Web.Type<AddressList>()) { ETag = ETags.OfText(JsonSerializer.Serialize(list, AddressJson.Web.AddressList)) };
    }
}

[JsonSerializable(typeof(AddressRequest))]
[JsonSerializable(typeof(AddressView))]
[JsonSerializable(typeof(AddressList))]
internal sealed partial class AddressJson : JsonSerializerContext
{
    public static AddressJson Web { get; } = new(Json.Strict());
}
