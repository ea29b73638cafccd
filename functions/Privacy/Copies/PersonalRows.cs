using System.Collections.Immutable;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Copies;

/// <summary>How the rows of a kind are found when it is asked what is held about somebody.</summary>
public enum Reach
{
    /// <summary>In the partition of the account.</summary>
    Account,

    /// <summary>By the orders in the account's history.</summary>
    Order,

    /// <summary>By the account's id in the row's key. An order's own diary row holds nothing but the order's id, which the copy has.</summary>
    Key,

    /// <summary>Not about one person, or gone again before anybody could ask.</summary>
    Nobody,
}

/// <summary>Everything that is stored about somebody, row by row, as it is stored.</summary>
public sealed class PersonalRows(TableServiceClient tables, RetentionPolicy policy)
{
    private readonly TableClient _accounts = tables.GetTableClient(StorageNames.Accounts);
    private readonly TableClient _orders = tables.GetTableClient(StorageNames.Orders);
    private readonly TableClient _retention = tables.GetTableClient(StorageNames.Retention);

    /// <returns>Null for a kind that nobody has thought of: a test fails while there is one.</returns>
    public static Reach? ReachOf(StoredRow kind) => kind switch
    {
        { Place: StorageNames.Accounts } => Reach.Account,
        { Place: StorageNames.Orders } => Reach.Order,
        { Subject: Subject.Diary } => Reach.Key,
        { Subject: Subject.Catalogue or Subject.Message or Subject.PurgeReport } => Reach.Nobody,
        _ => null,
    };

    /// <summary>The account's own rows, its profile and the list of its orders among them. One storage call for a thousand, and one for the diary.</summary>
    /// <returns>Empty when there is no such account.</returns>
    public async Task<ImmutableArray<PersonalRow>> OfAccountAsync(string accountId, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId}");
        var rows = new List<PersonalRow>();
        await foreach (var row in _accounts.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            rows.Add(PersonalRow.Of(policy.Map, StorageNames.Accounts, row));
        if (rows.Find(row => row.Key == AccountEntity.Row) is not { } profile) return [];
        if (profile.Text(nameof(AccountEntity.FiledIn)) is { } filedIn
            && await FindAsync(_retention, filedIn, $"{RetentionRules.Account}~{accountId}", cancellation) is { } diary) rows.Add(diary);
        return [.. rows];
    }

    /// <summary>An order, whole. One storage call.</summary>
    /// <returns>Null when the history names an order that never came to be.</returns>
    public Task<PersonalRow?> OrderAsync(string orderId, CancellationToken cancellation) =>
        FindAsync(_orders, orderId, OrderEntity.Row, cancellation);

    private async Task<PersonalRow?> FindAsync(TableClient table, string partition, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? PersonalRow.Of(policy.Map, table.Name, found.Value!) : null;
    }
}
