using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Reconciliation;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// Customers place new orders; the floor looks for the order, reads the account, and writes the row of the schedule,
/// retention row, order and history row, one after the other.
/// </summary>
internal sealed class PlaceComparison : HttpComparison
{
    private const int Customers = 16;

    private readonly List<(string AccountId, string Token)> _customers = [];
    private TableClient _orders = null!;
    private TableClient _accounts = null!;
    private TableClient _retention = null!;
    private TableClient _open = null!;
    private Order _sample = null!;
    private Writes[] _writes = [];
    private int _placed;

    /// <summary>What one order writes, made before the clock runs.</summary>
    private sealed record Writes(ReconciliationRow Look, RetentionRow Retention, OrderEntity Order, TableEntity History);

    public override string Name => "place order";

    public override double? Goal => 0.7;

    public override int PerRound => 60;

    protected override int ExpectedStatus => 201;

    public override async Task SetUpAsync(MeasuredShop shop)
    {
        await base.SetUpAsync(shop);
        _orders = shop.Tables.GetTableClient(StorageNames.Orders);
        _accounts = shop.Tables.GetTableClient(StorageNames.Accounts);
        _retention = shop.Tables.GetTableClient(StorageNames.Retention);
        _open = shop.Tables.GetTableClient(StorageNames.OpenOrders);
        for (var i = 0; i < Customers; i++) _customers.Add(await shop.CustomerAsync($"customer{i}@example.com"));
        _sample = await PlaceSampleAsync();
    }

    public override Task PrepareFloorAsync(int operations)
    {
        _writes = [.. Enumerable.Range(0, operations).Select(WritesOf)];
        return Task.CompletedTask;
    }

    public override Task CleanAsync() => Task.CompletedTask;

    protected override ReadOnlyMemory<byte> Request(int index) => Http(
        "POST", "/api/orders", [$"Authorization: Bearer {_customers[index % Customers].Token}", $"Idempotency-Key: {KeyOf(_placed++)}"], Samples.OrderBody);

    protected override async Task FloorAsync(int index)
    {
        var (look, retention, order, history) = _writes[index];
        await _orders.GetEntityIfExistsAsync<OrderEntity>(order.PartitionKey, OrderEntity.Row);
        await _accounts.GetEntityIfExistsAsync<AccountEntity>(order.AccountId, AccountEntity.Row);
        await _open.UpsertEntityAsync(look, TableUpdateMode.Merge);
        await _retention.UpsertEntityAsync(retention, TableUpdateMode.Replace);
        await _orders.AddEntityAsync(order);
        await _accounts.SubmitTransactionAsync([AccountStore.WhileOpen(history.PartitionKey), new(TableTransactionActionType.UpsertMerge, history)]);
    }

    /// <summary>What the app makes of the request, prices, delivery and all: the floor writes the same under other ids.</summary>
    private async Task<Order> PlaceSampleAsync()
    {
        var id = OrderIds.IdOf(_customers[0].AccountId, KeyOf(_placed));
        using var connection = await Connection.OpenAsync(Shop.Host.Address);
        var answer = await connection.SendAsync(Request(0));
        if (Connection.StatusOf(answer) != ExpectedStatus) throw new InvalidOperationException($"The sample order was answered:\n{System.Text.Encoding.UTF8.GetString(answer.Span)}");
        return (await _orders.GetEntityAsync<OrderEntity>(id, OrderEntity.Row)).Value.ToOrder();
    }

    private static string KeyOf(int number) => $"key-{number:D9}";

    private Writes WritesOf(int index)
    {
        var accountId = _customers[index % Customers].AccountId;
        var id = OrderIds.IdOf(accountId, $"floor-{_placed++}");
        var now = TimeProvider.System.GetUtcNow();
        var order = _sample with { Id = id, AccountId = accountId, Number = OrderIds.NumberOf(id), Journal = [_sample.Journal[0] with { At = now }], PlacedAt = now, ExpiresAt = now.AddHours(24), ETag = default };
        return new(
            ReconciliationRow.Of(id, now.AddMinutes(3), isHindered: false),
            new RetentionRow { PartitionKey = RetentionSchedule.PartitionOf(new RetentionPeriods().DayOf(now).AddDays(30), id), RowKey = $"unpaid-order~{id}" },
            OrderEntity.Of(order),
            History.RowOf(order, "State0000", "Awaiting|Unfulfilled|False"));
    }
}
