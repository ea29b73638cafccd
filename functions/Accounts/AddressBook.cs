using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Accounts;

/// <summary>An account's addresses as they were read together; the decisions about them. It never holds two defaults of one kind.</summary>
public sealed record AddressBook(AccountEntity Account, ImmutableArray<AddressEntity> Addresses)
{
    public const int MaxAddresses = 20;

    public bool IsFull => Addresses.Length >= MaxAddresses;

    public AddressEntity? Find(string id) => Addresses.FirstOrDefault(address => address.Id == id);

    /// <returns>The address that says the same already: a request that was sent twice does not make two.</returns>
    public AddressEntity? Find(AddressRequest request) => Addresses.FirstOrDefault(address => AddressRequest.Of(address) == request.Trimmed());

    /// <summary>A new address. The first one is the default for both until something else is said.</summary>
    public AddressEntity Add(AddressRequest request, DateTimeOffset now)
    {
        var address = new AddressEntity
        {
            PartitionKey = Account.PartitionKey,
            RowKey = AddressEntity.Prefix + NewId(),
            // They are listed in the order in which they came, even when the clock stands still or was set back.
            AddedAt = Addresses.Select(known => known.AddedAt.AddTicks(1)).Append(now).Max(),
        };
        var isFirst = Addresses.IsEmpty;
        Change(address, request with { DefaultDelivery = request.DefaultDelivery ?? isFirst, DefaultBilling = request.DefaultBilling ?? isFirst });
        return address;
    }

    /// <summary>Changes the address, and the account's defaults where the request says something of them.</summary>
    public void Change(AddressEntity address, AddressRequest request)
    {
        request.Trimmed().ApplyTo(address);
        if (request.DefaultDelivery is { } delivery) Account.DefaultDelivery = Choose(Account.DefaultDelivery, address.Id, delivery);
        if (request.DefaultBilling is { } billing) Account.DefaultBilling = Choose(Account.DefaultBilling, address.Id, billing);
    }

    /// <summary>An address that goes is the default of nothing any more.</summary>
    public void ClearDefaults(AddressEntity address)
    {
        Account.DefaultDelivery = Choose(Account.DefaultDelivery, address.Id, false);
        Account.DefaultBilling = Choose(Account.DefaultBilling, address.Id, false);
    }

    private static string? Choose(string? current, string id, bool chosen)
    {
        if (chosen) return id;
        return current == id ? null : current;
    }

    /// <summary>Every address that is added changes the account's tag, so no two are added under the same one.</summary>
    private string NewId() =>
        TextHash.Of($"address\n{Account.PartitionKey}\n{Account.ETag}", 8);
}
