using System.Collections.Immutable;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>The whole book, oldest first.</summary>
public sealed record AddressList(ImmutableArray<AddressView> Items)
{
    public static JsonResult<AddressList> Result(AddressBook book) => JsonResult<AddressList>.Tagged(
        new([.. book.Addresses.OrderBy(address => address.AddedAt).ThenBy(address => address.Id, StringComparer.Ordinal).Select(address => AddressView.Of(book, address))]),
        AddressJson.Web.Type<AddressList>());
}
