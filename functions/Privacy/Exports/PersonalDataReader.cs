using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.LegalHolds;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Exports;

/// <summary>Everything that is stored about somebody, row by row, as it is stored.</summary>
public sealed class PersonalDataReader(TableServiceClient tables, BreachNotes breachNotes, RetentionPolicy policy)
{
    private readonly TableClient _accounts = tables.GetTableClient(StorageNames.Accounts);
    private readonly TableClient _orders = tables.GetTableClient(StorageNames.Orders);
    private readonly TableClient _breaches = tables.GetTableClient(StorageNames.Breaches);
    private readonly TableClient _holds = tables.GetTableClient(StorageNames.LegalHolds);
    private readonly TableClient _retention = tables.GetTableClient(StorageNames.Retention);

    /// <returns>Null for a kind that nobody has thought of: a test fails while there is one.</returns>
    public static RowLookup? LookupOf(StoredRow kind) => kind switch
    {
        { Place: StorageNames.Accounts } => RowLookup.Account,
        { Place: StorageNames.Orders or StorageNames.Invoices } => RowLookup.Order,
        { Subject: Subject.RetentionSchedule or Subject.LegalHold } => RowLookup.Key,
        { Place: StorageNames.Breaches, Row: BreachAccountsRow.Prefix + "*" } => RowLookup.List,
        { Place: StorageNames.Breaches, Row: BreachEntity.Prefix + "*" } => RowLookup.Name,
        {
            Subject: Subject.Catalogue or Subject.Message or Subject.Reconciliation or Subject.PurgeReport or Subject.Breach or Subject.Erasure or Subject.StaffAction
            or Subject.PolicyReview or Subject.RateCount
        } => RowLookup.Nobody,
        _ => null,
    };

    /// <summary>The account's own rows, its profile and the list of its orders among them. One storage call for a thousand, one for the schedule, and three for the few legal holds and breaches that there are.</summary>
    /// <returns>Empty when there is no such account.</returns>
    public async Task<ImmutableArray<PersonalRow>> OfAccountAsync(string accountId, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId}");
        var rows = new List<PersonalRow>();
        await foreach (var row in _accounts.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            rows.Add(PersonalRow.Of(policy.Map, StorageNames.Accounts, row.RowKey.StartsWith(StaffAccessEntity.Prefix, StringComparison.Ordinal) ? StaffAccessEntity.WithoutStaff(row) : row));
        if (rows.Find(row => row.Key == AccountEntity.Row) is not { } profile) return [];
        if (profile.Text(AccountEntity.RetentionPartitionName) is { } partition
            && await FindAsync(_retention, partition, $"{RetentionRules.Account}~{accountId}", cancellation) is { } scheduled) rows.Add(scheduled);
        var orders = rows.Where(row => OrderIndex.IsPlace(row.Key)).Select(row => OrderIndex.OrderIdOf(row.Key)).ToHashSet(StringComparer.Ordinal);
        await foreach (var hold in _holds.QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            if (hold.PartitionKey == LegalHoldEntity.Partition ? hold.RowKey == accountId : orders.Contains(hold.RowKey))
                rows.Add(PersonalRow.Of(policy.Map, StorageNames.LegalHolds, hold));
        }

        var listedIn = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var listed in ListedInBreachesAsync(accountId, cancellation))
        {
            listedIn.Add(listed.PartitionKey);
            rows.Add(PersonalRow.Of(policy.Map, StorageNames.Breaches, listed));
        }

        var person = new PersonInText(profile.Text(nameof(AccountEntity.Email)), profile.Text(nameof(AccountEntity.Name)));
        await foreach (var named in breachNotes.NamingAsync(person, listedIn, cancellation)) rows.Add(PersonalRow.Of(policy.Map, StorageNames.Breaches, named));
        return [.. rows];
    }

    /// <summary>An order, whole. One storage call.</summary>
    /// <returns>Null when the history names an order that never came to be.</returns>
    public Task<PersonalRow?> OrderAsync(string orderId, CancellationToken cancellation) =>
        FindAsync(_orders, orderId, OrderEntity.Row, cancellation);

    /// <summary>The lists of accounts that a breach affected: there are few breaches. Of a list, nobody learns more than that they are on it.</summary>
    private async IAsyncEnumerable<TableEntity> ListedInBreachesAsync(string accountId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey ge {BreachAccountsRow.Prefix} and RowKey lt {BreachAccountsRow.Prefix[..^1] + '.'}");
        await foreach (var row in _breaches.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (!row.GetString(nameof(BreachAccountsRow.AccountIds)).Split('\n').Contains(accountId)) continue;
            row[nameof(BreachAccountsRow.AccountIds)] = accountId;
            yield return row;
        }
    }

    private async Task<PersonalRow?> FindAsync(TableClient table, string partition, string row, CancellationToken cancellation) =>
        await table.FindAsync<TableEntity>(partition, row, cancellation) is { } found ? PersonalRow.Of(policy.Map, table.Name, found) : null;
}
