using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Finds the accounts that a breach affects. Storage has no index by time and keeps only the last write of a row, so "in
/// use between two times" is every account opened before the end and used or written since the beginning: rather one too
/// many than one too few. That reads the whole table <c>accounts</c>, a call for every 1,000 rows; people ask for it when
/// there has been a breach, and not otherwise.
/// </summary>
public sealed class TouchedAccounts(TableServiceClient tables)
{
    /// <summary>Counting goes no further in one request: some 1,000 calls.</summary>
    public const int MostRows = 1_000_000;

    private const int AtOnce = 16;

    private static readonly string[] Columns =
    [
        nameof(AccountEntity.PartitionKey), nameof(AccountEntity.RowKey), nameof(AccountEntity.Timestamp), nameof(AccountEntity.OpenedAt),
        nameof(AccountEntity.LastSeenDay), nameof(AccountEntity.Email), nameof(AccountEntity.Name),
    ];

    private readonly TableClient _accounts = tables.GetTableClient(StorageNames.Accounts);

    /// <param name="mostRows">Where to break off.</param>
    public async Task<TouchedExtent> CountAsync(
        DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation, int mostRows = MostRows)
    {
        var extent = TouchedExtent.Empty;
        var rows = 0;
        await foreach (var account in AllAsync(null, cancellation))
        {
            if ((rows += account.Records) > mostRows) return extent with { IsComplete = false };
            if (account.IsTouched(from, until)) extent = extent.With(account);
        }

        return extent;
    }

    /// <summary>One call for each account.</summary>
    public async Task<TouchedExtent> CountAsync(IEnumerable<string> accountIds, CancellationToken cancellation)
    {
        var extent = TouchedExtent.Empty;
        await foreach (var account in ReadAsync(accountIds, cancellation)) extent = extent.With(account);
        return extent;
    }

    /// <summary>In the order of the account ids; whoever was cut off goes on after the last one.</summary>
    public async IAsyncEnumerable<TouchedAccount> ReadAsync(
        DateTimeOffset from, DateTimeOffset until, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var account in AllAsync(after, cancellation))
        {
            if (account.IsTouched(from, until)) yield return account;
        }
    }

    /// <summary>In the order given. An account that is gone has nothing but its id.</summary>
    public async IAsyncEnumerable<TouchedAccount> ReadAsync(
        IEnumerable<string> accountIds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in accountIds.Chunk(AtOnce))
        {
            foreach (var account in await Task.WhenAll(some.Select(id => FindAsync(id, cancellation)))) yield return account;
        }
    }

    private async Task<TouchedAccount> FindAsync(string accountId, CancellationToken cancellation)
    {
        var account = new TouchedAccount(accountId);
        await foreach (var row in QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {accountId}"), cancellation)) account.Add(row);
        return account;
    }

    private async IAsyncEnumerable<TouchedAccount> AllAsync(string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        TouchedAccount? account = null;
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

/// <summary>An account with all its rows, as they are read one after the other.</summary>
public sealed class TouchedAccount(string id)
{
    private DateTimeOffset _openedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _lastUsed = DateTimeOffset.MinValue;

    public string Id { get; } = id;

    public string? Email { get; private set; }

    public string? Name { get; private set; }

    /// <summary>How many rows are about the person; an order counts once.</summary>
    public int Records { get; private set; }

    public ImmutableHashSet<DataClass> DataClasses { get; private set; } = [];

    public bool IsTouched(DateTimeOffset from, DateTimeOffset until) => _openedAt <= until && _lastUsed >= from;

    public void Add(TableEntity row)
    {
        // Every account has this one, and it says nothing of the person.
        if (row.RowKey == ErasureSlot.Row) return;
        Records++;
        DataClasses = DataClasses.Union(TouchedExtent.ClassesOf(row.RowKey));
        if (row.Timestamp > _lastUsed) _lastUsed = row.Timestamp.Value;
        if (row.RowKey != AccountEntity.Row) return;
        Email = row.GetString(nameof(AccountEntity.Email));
        Name = row.GetString(nameof(AccountEntity.Name));
        _openedAt = row.GetDateTimeOffset(nameof(AccountEntity.OpenedAt)) ?? _openedAt;
        // Only the day is known: it may have been any time of it.
        if (row.GetDateTimeOffset(nameof(AccountEntity.LastSeenDay)) is { } day && day.AddDays(1) > _lastUsed) _lastUsed = day.AddDays(1);
    }
}
