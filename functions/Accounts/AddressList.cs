using System.Collections.Immutable;
using System.Text.Json;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>The whole book, oldest first.</summary>
public sealed record AddressList(ImmutableArray<AddressView> Items)
{
    public static JsonResult<AddressList> Result(AddressBook book)
    {
        var list = new AddressList(
            [.. book.Addresses.OrderBy(address => address.AddedAt).ThenBy(address => address.Id, StringComparer.Ordinal).Select(address => AddressView.Of(book, address))]);
        return new(list, AddressJson.Web.Type<AddressList>()) { ETag = ETags.OfText(JsonSerializer.Serialize(list, AddressJson.Web.AddressList)) };
    }
}
