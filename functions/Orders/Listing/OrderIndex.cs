using System.Collections.Immutable;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Listing;

/// <summary>
/// An account's orders, newest first: one row per order in the account's own partition, with what a list shows of it.
/// The row is rewritten after every change, by whoever made it and by whoever looks at the order next.
/// </summary>
public sealed class OrderIndex(TableServiceClient tables)
{
    private const string Prefix = "order-";

    /// <summary>The first key after all that begin with the prefix: '.' follows '-'.</summary>
    private const string PrefixEnd = "order.";

    private const int MostLookedAt = 100;

    private readonly TableClient _table = tables.GetTableClient(StorageNames.Accounts);

    /// <summary>
    /// Writes what the list shows of an order. There is no race to lose: a merge adds a property named by the order's
    /// version, so a writer who is late cannot cover what a later state has written. One storage call, two where the
    /// order was not on the list yet.
    /// </summary>
    /// <returns>False when there is no such account any more: then nothing was written.</returns>
    public async Task<bool> WriteAsync(Order order, CancellationToken cancellation)
    {
        // Nobody's account leads to it any more.
        if (order.AccountId.Length == 0) return true;
        try
        {
            await _table.UpdateEntityAsync(RowOf(order), ETag.All, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            return await AddAsync(order, cancellation);
        }
    }

    /// <summary>
    /// Puts an order on the list, or writes it again; but only while its account is open, which the same transaction sees
    /// to: a list that has been erased does not come back. One storage call.
    /// </summary>
    /// <returns>False when there is no such account any more.</returns>
    public async Task<bool> AddAsync(Order order, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                [AccountStore.WhileOpen(order.AccountId), new(TableTransactionActionType.UpsertMerge, RowOf(order))], cancellation);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            return false;
        }
    }

    private static TableEntity RowOf(Order order)
    {
        var ((name, state), summary) = (ListedStates.Of(order), OrderSummary.Of(order));
        return new(order.AccountId, RowKeyOf(order.PlacedAt, order.Id))
        {
            [OrderRow.Number] = order.Number,
            [OrderRow.PlacedAt] = order.PlacedAt,
            [OrderRow.Currency] = order.Currency,
            [OrderRow.Gross] = order.Gross,
            [name] = state,
            [OrderRow.FirstItem] = summary.FirstItem,
            [OrderRow.Lines] = summary.Lines,
            [OrderRow.Pieces] = summary.Pieces,
        };
    }

    /// <summary>Takes orders out of one account's list. One storage call for up to 100 of them; those that are not there are passed over.</summary>
    /// <param name="orders">All of one account.</param>
    public Task DeleteAsync(IReadOnlyList<Order> orders, CancellationToken cancellation) => _table.DeleteTogetherAsync(
        orders.Where(order => order.AccountId.Length > 0).Select(order => new TableEntity(order.AccountId, RowKeyOf(order.PlacedAt, order.Id))), cancellation);

    /// <summary>Takes an order out of an account's list of which nobody knows any more when it was placed. One storage call, and one for the order.</summary>
    public async Task DeleteAsync(string accountId, string orderId, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId} and RowKey gt {Prefix} and RowKey lt {PrefixEnd}");
        string[] keys = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)];
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, select: keys, cancellationToken: cancellation))
        {
            if (OrderIdOf(row.RowKey) == orderId) await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
        }
    }

    /// <summary>A page of an account's orders. One storage call, which brings as many as are shown; by state up to a hundred, of which those that fit are shown.</summary>
    /// <param name="after">The key of the last order of the page before; null for the first page.</param>
    /// <returns>The orders and the key to go on after; null when there are no more.</returns>
    public async Task<(ImmutableArray<OrderSummary> Orders, string? Next)> PageAsync(
        string accountId, OrderFilter wanted, int size, string? after, CancellationToken cancellation)
    {
        // Later orders sort first, so the end of a period is where its rows begin.
        var begin = wanted.Until is { } until ? AfterAllOf(until) : Prefix;
        if (string.CompareOrdinal(after, begin) > 0) begin = after!;
        var end = wanted.From is { } from ? AfterAllOf(from) : PrefixEnd;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {accountId} and RowKey gt {begin} and RowKey lt {end}");
        var most = wanted.IsByState ? MostLookedAt : size;
        var (shown, last, looked) = (ImmutableArray.CreateBuilder<OrderSummary>(), (string?)null, 0);
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, maxPerPage: most + 1, cancellationToken: cancellation))
        {
            if (looked++ == most || shown.Count == size) return (shown.ToImmutable(), last);
            last = row.RowKey;
            if (OrderRow.Read(row) is var order && wanted.Fits(order)) shown.Add(order);
        }

        return (shown.ToImmutable(), null);
    }

    /// <returns>A key after those of the orders that were placed at this time, and before those of earlier ones.</returns>
    private static string AfterAllOf(DateTimeOffset time) => RowKeyOf(time, "")[..^1] + ".";

    /// <returns>True when the text is a place in the index: what <see cref="PageAsync"/> gives out, and nothing else.</returns>
    public static bool IsPlace(string text) =>
        text.Length is > 26 and < 80 && text.StartsWith(Prefix, StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <returns>The order at a place for which <see cref="IsPlace"/> holds.</returns>
    public static string OrderIdOf(string place) => place[(place.LastIndexOf('-') + 1)..];

    /// <summary>Later orders sort first: the key counts down to the end of time.</summary>
    public static string RowKeyOf(DateTimeOffset placedAt, string orderId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{DateTimeOffset.MaxValue.UtcTicks - placedAt.UtcTicks:D19}-{orderId}");
}

/// <summary>A row of an account's order index: table <c>accounts</c>, RowKey <c>order-{time counted down}-{order id}</c>.</summary>
[Stored(StorageNames.Accounts, "order-*", Subject.Order)]
internal static class OrderRow
{
    [DataClass(DataClass.Identity)] public static string PartitionKey => nameof(PartitionKey);

    [DataClass(DataClass.Operational)] public static string RowKey => nameof(RowKey);

    [DataClass(DataClass.Operational)] public static string Timestamp => nameof(Timestamp);

    [DataClass(DataClass.OrderFiscal)] public static string Number => nameof(Number);

    [DataClass(DataClass.OrderFiscal)] public static string PlacedAt => nameof(PlacedAt);

    [DataClass(DataClass.OrderFiscal)] public static string Currency => nameof(Currency);

    [DataClass(DataClass.OrderFiscal)] public static string Gross => nameof(Gross);

    [DataClass(DataClass.OrderFiscal)] public static string FirstItem => nameof(FirstItem);

    [DataClass(DataClass.OrderFiscal)] public static string Lines => nameof(Lines);

    [DataClass(DataClass.OrderFiscal)] public static string Pieces => nameof(Pieces);

    /// <summary><c>State0007</c>: a <see cref="ListedState"/> as of the order's seventh version, by <see cref="ListedStates"/>.</summary>
    [DataClass(DataClass.Operational, Name = "State*")] public static string State => ListedStates.Prefix;

    public static OrderSummary Read(TableEntity row)
    {
        var state = ListedState.Parse(ListedStates.LatestOf(row.Select(property => (property.Key, property.Value as string)))!);
        return new(
            OrderIndex.OrderIdOf(row.RowKey),
            row.GetString(Number),
            row.GetDateTimeOffset(PlacedAt)!.Value,
            new(row.GetInt64(Gross)!.Value, row.GetString(Currency)),
            state.Payment,
            state.Fulfilment,
            state.Cancelled,
            row.GetString(FirstItem),
            row.GetInt32(Lines) ?? 0,
            row.GetInt32(Pieces) ?? 0);
    }
}
