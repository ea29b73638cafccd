using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Accounts;

/// <summary>Point reads and conditional writes of accounts; each is one storage call.</summary>
public sealed class AccountStore(TableServiceClient tables, IOptions<RetentionPeriods> periods, TimeProvider clock)
{
    /// <summary>Races are short, and they are between one person's own requests.</summary>
    public const int Attempts = 8;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Accounts);

    public Task<AccountEntity?> FindAsync(string accountId, CancellationToken cancellation) =>
        _table.FindAsync<AccountEntity>(accountId, AccountEntity.Row, cancellation);

    /// <summary>The caller's own account, with a note that they were here. One storage call, two on the first of a day.</summary>
    /// <exception cref="UnavailableException">Too many others changed it at the same time.</exception>
    public async Task<AccountEntity?> FindOwnAsync(Caller caller, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindAsync(caller.AccountId, cancellation) is not { } account) return null;
            if (!account.MarkSeen(caller.Email, periods.Value.DayOf(clock.GetUtcNow())) || await ReplaceAsync(account, cancellation)) return account;
        }

        throw new UnavailableException("The account, which too many are changing at once,");
    }

    /// <summary>
    /// Looks through a thousand accounts at most for those with an e-mail address. It is compared here, in whatever case, and no part of what
    /// storage is asked: that may be logged. One storage call.
    /// </summary>
    /// <param name="place">Where the call before has ended, in storage's words; null for the beginning.</param>
    /// <returns>Their ids, and where to go on; null when all have been looked through. Null instead of ids for a place that is none.</returns>
    public async Task<(IReadOnlyList<string>? Ids, string? Next)> PageByEmailAsync(string email, string? place, CancellationToken cancellation)
    {
        var wanted = EmailAddress.KeyOf(email);
        string[] needed = [nameof(ITableEntity.PartitionKey), nameof(AccountEntity.Email)];
        var all = _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey eq {AccountEntity.Row}"), select: needed, cancellationToken: cancellation);
        try
        {
            await foreach (var page in all.AsPages(place))
            {
                var found = page.Values.Where(row => row.GetString(nameof(AccountEntity.Email)) is { } known && EmailAddress.KeyOf(known) == wanted);
                return ([.. found.Select(row => row.PartitionKey)], page.ContinuationToken);
            }
        }
        catch (RequestFailedException failed) when (failed.Status == 400 && place is not null)
        {
            return (null, null);
        }

        return ([], null);
    }

    /// <returns>False when the account exists already, or an earlier one is being erased; the entity then keeps its old tag.</returns>
    public async Task<bool> AddAsync(AccountEntity account, CancellationToken cancellation)
    {
        try
        {
            // The row of the erasure state is taken while an erasure of an earlier account is under way: what it still deletes must not be this one's.
            var added = await _table.SubmitTransactionAsync(
                [new(TableTransactionActionType.Add, account), new(TableTransactionActionType.Add, ErasureState.Free(account.PartitionKey))], cancellation);
            account.ETag = added.Value[0].Headers.ETag ?? default;
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 409)
        {
            return false;
        }
    }

    /// <returns>False when it has changed since it was read.</returns>
    public Task<bool> ReplaceAsync(AccountEntity account, CancellationToken cancellation) => ConditionalWrite.TryAsync(async () =>
        account.ETag = (await _table.UpdateEntityAsync(account, account.ETag, TableUpdateMode.Replace, cancellation)).Headers.ETag ?? default);

    /// <summary>
    /// Changes another row of the account together with its profile: whatever was decided on what was read holds, because
    /// everyone else who changes a row takes the profile's tag as well.
    /// </summary>
    /// <returns>False when the account or the row has changed since it was read.</returns>
    public async Task<bool> ChangeAsync(AccountEntity account, TableTransactionAction change, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync([new(TableTransactionActionType.UpdateReplace, account, account.ETag), change], cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status is 412 or 404 or 409)
        {
            return false;
        }
    }

    /// <summary>Says in the account itself whether a legal hold stands on it; whoever has read it must read it again.</summary>
    /// <returns>False when there is no such account.</returns>
    public Task<bool> MarkHeldAsync(string accountId, bool isHeld, CancellationToken cancellation) => ConditionalWrite.TryAsync(
        () => _table.UpdateEntityAsync(new TableEntity(accountId, AccountEntity.Row) { [nameof(AccountEntity.OnHold)] = isHeld }, ETag.All, TableUpdateMode.Merge, cancellation));

    /// <summary>Whoever has read the account and means to change or delete it must read it again. Nothing else changes.</summary>
    /// <returns>False when there is no such account.</returns>
    public Task<bool> RenewTagAsync(string accountId, CancellationToken cancellation) => ConditionalWrite.TryAsync(
        () => _table.UpdateEntityAsync(new TableEntity(accountId, AccountEntity.Row), ETag.All, TableUpdateMode.Merge, cancellation));

    /// <summary>
    /// The part of a transaction that fails it with 404 when the account is not open at that very moment: nothing is added
    /// to an account that has just been erased.
    /// </summary>
    public static TableTransactionAction WhileOpen(string accountId) =>
        new(TableTransactionActionType.UpdateMerge, new TableEntity(accountId, AccountEntity.Row), ETag.All);

    /// <summary>Writes a row of an account that is open.</summary>
    /// <returns>False when there is no such account.</returns>
    public async Task<bool> WriteWhileOpenAsync(ITableEntity row, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync([WhileOpen(row.PartitionKey), new(TableTransactionActionType.UpsertReplace, row)], cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            return false;
        }
    }

    /// <summary>The account's rows whose keys begin with this, in the order of their keys. One storage call.</summary>
    public async Task<List<T>> RowsAsync<T>(string accountId, string prefix, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        // The first key after all that begin with the prefix: '.' follows '-'.
        var end = prefix[..^1] + '.';
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId} and RowKey gt {prefix} and RowKey lt {end}");
        var rows = new List<T>();
        await foreach (var row in _table.QueryAsync<T>(filter, cancellationToken: cancellation)) rows.Add(row);
        return rows;
    }
}
