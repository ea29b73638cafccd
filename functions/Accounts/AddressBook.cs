using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>An address as it is stored: table <c>accounts</c>, RowKey <c>address-{id}</c>.</summary>
[Stored(StorageNames.Accounts, Prefix + "*", Subject.Account)]
public sealed class AddressEntity : ITableEntity
{
    public const string Prefix = "address-";

    [Holds(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = "";

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset AddedAt { get; set; }

    [Holds(DataClass.Delivery)] public string? Label { get; set; }

    [Holds(DataClass.Delivery)] public string Name { get; set; } = "";

    [Holds(DataClass.Delivery)] public string Line1 { get; set; } = "";

    [Holds(DataClass.Delivery)] public string? Line2 { get; set; }

    [Holds(DataClass.Delivery)] public string City { get; set; } = "";

    [Holds(DataClass.Delivery)] public string? Region { get; set; }

    [Holds(DataClass.Delivery)] public string Postcode { get; set; } = "";

    [Holds(DataClass.Delivery)] public string Country { get; set; } = "";

    [IgnoreDataMember] public string Id => RowKey[Prefix.Length..];
}

/// <summary>An account's addresses as they were read together; the decisions about them. It never holds two defaults of one kind.</summary>
public sealed record AddressBook(AccountEntity Account, ImmutableArray<AddressEntity> Addresses)
{
    public const int Most = 20;

    public bool IsFull => Addresses.Length >= Most;

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
    public void Forget(AddressEntity address)
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
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"address\n{Account.PartitionKey}\n{Account.ETag}")).AsSpan(0, 8));
}

/// <summary>An account with its addresses. Reading is two storage calls, changing one.</summary>
public sealed class AddressStore(AccountStore accounts)
{
    /// <returns>Null when there is no such account.</returns>
    public async Task<AddressBook?> FindAsync(string accountId, CancellationToken cancellation)
    {
        // The profile first: an address that is added after it was read is noticed by its tag.
        if (await accounts.FindAsync(accountId, cancellation) is not { } account) return null;
        return new(account, [.. await accounts.RowsAsync<AddressEntity>(accountId, AddressEntity.Prefix, cancellation)]);
    }

    /// <returns>False when the book has changed since it was read.</returns>
    public Task<bool> AddAsync(AddressBook book, AddressEntity address, CancellationToken cancellation) =>
        accounts.ChangeAsync(book.Account, new(TableTransactionActionType.Add, address), cancellation);

    /// <inheritdoc cref="AddAsync" />
    public Task<bool> ReplaceAsync(AddressBook book, AddressEntity address, CancellationToken cancellation) =>
        accounts.ChangeAsync(book.Account, new(TableTransactionActionType.UpdateReplace, address, address.ETag), cancellation);

    /// <inheritdoc cref="AddAsync" />
    public Task<bool> DeleteAsync(AddressBook book, AddressEntity address, CancellationToken cancellation) =>
        accounts.ChangeAsync(book.Account, new(TableTransactionActionType.Delete, address, address.ETag), cancellation);
}
