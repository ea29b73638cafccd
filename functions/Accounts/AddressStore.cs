using Azure.Data.Tables;

namespace Shop.Functions.Accounts;

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
