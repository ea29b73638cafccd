using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>An address as its owner sees it.</summary>
public sealed record AddressView(
    string Id,
    string? Label,
    string Name,
    string Line1,
    string? Line2,
    string City,
    string? Region,
    string? Postcode,
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

    public static JsonResult<AddressView> Result(AddressBook book, AddressEntity address, int status = StatusCodes.Status200OK)
    {
        var view = Of(book, address);
        return new(view, AddressJson.Web.Type<AddressView>(), status)
        {
            ETag = view.Tag(),
            Location = status == StatusCodes.Status201Created ? $"/api/account/addresses/{address.Id}" : null,
        };
    }
}

[JsonSerializable(typeof(AddressRequest))]
[JsonSerializable(typeof(AddressView))]
[JsonSerializable(typeof(AddressList))]
internal sealed partial class AddressJson : JsonSerializerContext
{
    public static AddressJson Web { get; } = new(Json.Strict());
}
