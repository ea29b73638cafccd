using Azure;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>An account as it is stored: table <c>accounts</c>, PartitionKey the token's <c>oid</c>, RowKey <c>profile</c>.</summary>
[Stored(StorageNames.Accounts, Row, Subject.Account)]
public sealed class AccountEntity : ITableEntity
{
    public const string Row = "profile";

    [Holds(DataClass.Identity)] public string PartitionKey { get; set; } = "";

    [Holds(DataClass.None)] public string RowKey { get; set; } = Row;

    [Holds(DataClass.Operational)] public DateTimeOffset? Timestamp { get; set; }

    [Holds(DataClass.None)] public ETag ETag { get; set; }

    [Holds(DataClass.Contact)] public string Email { get; set; } = "";

    [Holds(DataClass.Identity)] public string Name { get; set; } = "";

    [Holds(DataClass.Identity)] public string? Company { get; set; }

    [Holds(DataClass.Contact)] public string? Phone { get; set; }

    [Holds(DataClass.Operational)] public DateTimeOffset OpenedAt { get; set; }

    /// <summary>The last day (UTC, midnight) on which the account is known to have been used; so far that is when it was opened.</summary>
    [Holds(DataClass.Operational)] public DateTimeOffset LastSeenDay { get; set; }
}

/// <summary>Point reads and conditional writes of accounts; each is one storage call.</summary>
public sealed class AccountStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageNames.Accounts);

    public async Task<AccountEntity?> FindAsync(string accountId, CancellationToken cancellation)
    {
        var found = await _table.GetEntityIfExistsAsync<AccountEntity>(accountId, AccountEntity.Row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <returns>False when the account exists already; the entity then keeps its old tag.</returns>
    public async Task<bool> AddAsync(AccountEntity account, CancellationToken cancellation)
    {
        try
        {
            account.ETag = (await _table.AddEntityAsync(account, cancellation)).Headers.ETag ?? default;
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 409)
        {
            return false;
        }
    }

    /// <returns>False when it has changed since it was read.</returns>
    public async Task<bool> ReplaceAsync(AccountEntity account, CancellationToken cancellation)
    {
        try
        {
            account.ETag = (await _table.UpdateEntityAsync(account, account.ETag, TableUpdateMode.Replace, cancellation)).Headers.ETag ?? default;
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 412 or 404)
        {
            return false;
        }
    }
}
