using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Purges;

/// <summary>
/// Everything in an account's partition: read together, and deleted so that a crash at any point leaves something that
/// finishes when it is done again.
/// </summary>
public sealed class AccountRemoval(TableServiceClient tables, OrderStore orders, DamagedOrders damagedOrders, ReconciliationQueue reconciliations, TimeProvider clock)
{
    private const string OrderPrefix = "order-";

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Accounts);

    /// <returns>Every row of the account, in the order of their keys. One storage call for 1,000 rows.</returns>
    public async Task<List<T>> RowsAsync<T>(string accountId, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        var rows = new List<T>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId}");
        await foreach (var row in _table.QueryAsync<T>(filter, cancellationToken: cancellation)) rows.Add(row);
        return rows;
    }

    /// <returns>The orders that the account's own rows point to; one storage call for each.</returns>
    public async Task<(ImmutableArray<Order> Orders, ImmutableArray<string> Damaged)> OrdersAsync(IEnumerable<string> rowKeys, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<Order>();
        var damagedIds = ImmutableArray.CreateBuilder<string>();
        foreach (var id in rowKeys.Where(IsOrder).Select(OrderIndex.OrderIdOf))
        {
            try
            {
                if (await orders.FindAsync(id, cancellation) is { } order) found.Add(order);
            }
            catch (UnreadableOrderException)
            {
                damagedIds.Add(id);
            }
        }

        return (found.ToImmutable(), damagedIds.ToImmutable());
    }

    /// <summary>
    /// Deletes an account. The profile goes first and only as it was read: whoever uses the account meanwhile keeps it.
    /// Then its orders lose what leads to the person, and end where nothing of them has left and none of their money is here; only
    /// then do the rows go by which the orders are found.
    /// </summary>
    /// <param name="profile">Null when an earlier attempt has taken it.</param>
    /// <param name="rowKeys">The keys of all other rows.</param>
    /// <param name="owned">The orders to be restricted.</param>
    /// <param name="damaged">The ids of those of them that cannot be read.</param>
    /// <returns>What was done; null when the account has changed, and nothing was.</returns>
    public async Task<AccountRemovalResult?> RemoveAsync(
        string accountId, AccountEntity? profile, IReadOnlyCollection<string> rowKeys, IEnumerable<Order> owned, IEnumerable<string> damaged, CancellationToken cancellation)
    {
        // The erasure state goes last: while it stands without a profile beside it, nobody opens a new account among the rest of the old one.
        var first = rowKeys.Where(key => !IsOrder(key) && (key != ErasureState.Row || !rowKeys.Any(IsOrder))).Take(99).ToList();
        if (profile is not null && !await ClaimAsync(profile, first, cancellation)) return null;

        var restricted = 0;
        foreach (var order in owned)
        {
            var changed = false;
            var left = await orders.ChangeAsync(order.Id, current => WithoutAccount(current, out changed), cancellation);
            if (changed) restricted++;
            // A credit note may be due now; an earlier attempt may not have got to say so.
            if (left?.Closed is not null) await reconciliations.SendIfDueAsync(left, "purged", cancellation);
        }

        foreach (var orderId in damaged)
        {
            if (await damagedOrders.RestrictAsync(orderId, cancellation)) restricted++;
        }

        // Who deletes the last of it has removed the account, where several work on it.
        var isLast = profile is not null;
        foreach (var part in rowKeys.Except(profile is null ? [] : first).OrderBy(key => key == ErasureState.Row).Chunk(100))
            isLast = await DeleteAsync(accountId, part, cancellation);
        return new(restricted, isLast);
    }

    /// <summary>
    /// As an erasure leaves it, which is refused while money for something unsent is here. A purge asks nobody, so it ends no order
    /// whose money would go back then, or whose money somebody would have to look for: goods may have left that no parcel was recorded for.
    /// </summary>
    private Order WithoutAccount(Order order, out bool changed)
    {
        var ended = Restriction.WithoutAccount(order, clock.GetUtcNow());
        changed = !Restriction.IsRestricted(order);
        return Settlement.Of(ended) is { Refunds.IsEmpty: true, NeedsPerson: false } ? ended : Restriction.Restrict(order);
    }

    private static bool IsOrder(string rowKey) => rowKey.StartsWith(OrderPrefix, StringComparison.Ordinal);

    /// <returns>False when the account or one of the rows is not as it was read.</returns>
    private Task<bool> ClaimAsync(AccountEntity profile, IEnumerable<string> rowKeys, CancellationToken cancellation) =>
        ConditionalWrite.TryAsync(() => _table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Delete, profile, profile.ETag), .. rowKeys.Select(key => Deletion(profile.PartitionKey, key))], cancellation));

    /// <returns>False when all of them were gone already.</returns>
    private async Task<bool> DeleteAsync(string accountId, string[] rowKeys, CancellationToken cancellation) =>
        (await _table.DeleteTogetherAsync(rowKeys.Select(key => new TableEntity(accountId, key)), cancellation)).Count > 0;

    private static TableTransactionAction Deletion(string accountId, string rowKey) =>
        new(TableTransactionActionType.Delete, new TableEntity(accountId, rowKey), ETag.All);
}
