using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Finds the accounts that a breach affects. Storage has no index by time and keeps only the last write of a row, so "in
/// use between two times" is every account opened before the end and used or written since the beginning: rather one too
/// many than one too few. That reads the whole table <c>accounts</c>, a call for every 1,000 rows; people ask for it when
/// there has been a breach, and not otherwise.
/// </summary>
public sealed class AffectedAccounts(TableServiceClient tables)
{
    /// <summary>Counting goes no further in one request: some 1,000 calls.</summary>
    public const int MaxRows = 1_000_000;

    private const int AtOnce = 16;

    private static readonly string[] Columns =
    [
        nameof(AccountEntity.PartitionKey), nameof(AccountEntity.RowKey), nameof(AccountEntity.Timestamp), nameof(AccountEntity.OpenedAt),
        nameof(AccountEntity.LastSeenDay), nameof(AccountEntity.Email), nameof(AccountEntity.Name),
    ];

    private readonly TableClient _accounts = tables.GetTableClient(StorageNames.Accounts);

    /// <summary>The scope that a request names, with what it leaves to the store counted there.</summary>
    /// <param name="revision">The revision that the scope is going to be part of.</param>
    /// <param name="before">That of the revision before.</param>
    public async Task<BreachScope?> ResolveAsync(ScopeRequest? scope, int revision, BreachScope? before, CancellationToken cancellation) => scope switch
    {
        null => null,
        { Accounts: { } accounts } => scope.Resolve(await CountAsync(accounts, cancellation), revision, before),
        { From: { } from, Until: { } until } => scope.Resolve(await CountAsync(from, until, cancellation), revision, before),
        _ => scope.Resolve(null, revision, before),
    };

    /// <param name="maxRows">Where to break off.</param>
    public async Task<AffectedExtent> CountAsync(
        DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation, int maxRows = MaxRows)
    {
        var extent = AffectedExtent.Empty;
        var rows = 0;
        await foreach (var account in AllAsync(null, cancellation))
        {
            if ((rows += account.Records) > maxRows) return extent with { IsComplete = false };
            if (account.WasInUse(from, until)) extent = extent.With(account);
        }

        return extent;
    }

    /// <summary>One call for each account.</summary>
    public async Task<AffectedExtent> CountAsync(IEnumerable<string> accountIds, CancellationToken cancellation)
    {
        var extent = AffectedExtent.Empty;
        await foreach (var account in ReadAsync(accountIds, cancellation)) extent = extent.With(account);
        return extent;
    }

    /// <summary>In the order of the account ids; whoever was cut off goes on after the last one.</summary>
    public async IAsyncEnumerable<AffectedAccount> ReadAsync(
        DateTimeOffset from, DateTimeOffset until, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var account in AllAsync(after, cancellation))
        {
            if (account.WasInUse(from, until)) yield return account;
        }
    }

    /// <summary>In the order given. An account that is gone has nothing but its id.</summary>
    public async IAsyncEnumerable<AffectedAccount> ReadAsync(
        IEnumerable<string> accountIds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in accountIds.Chunk(AtOnce))
        {
            foreach (var account in await Task.WhenAll(some.Select(id => FindAsync(id, cancellation)))) yield return account;
        }
    }

    private async Task<AffectedAccount> FindAsync(string accountId, CancellationToken cancellation)
    {
        var account = new AffectedAccount(accountId);
        await foreach (var row in QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {accountId}"), cancellation)) account.Add(row);
        return account;
    }

    private async IAsyncEnumerable<AffectedAccount> AllAsync(string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        AffectedAccount? account = null;
        await foreach (var row in QueryAsync(after is null ? null : TableClient.CreateQueryFilter($"PartitionKey gt {after}"), cancellation))
        {
            if (account is not null && account.Id != row.PartitionKey)
            {
                yield return account;
                account = null;
            }

            (account ??= new(row.PartitionKey)).Add(row);
        }

        if (account is not null) yield return account;
    }

    private Azure.AsyncPageable<TableEntity> QueryAsync(string? filter, CancellationToken cancellation) =>
        _accounts.QueryAsync<TableEntity>(filter, maxPerPage: 1_000, select: Columns, cancellationToken: cancellation);
}
