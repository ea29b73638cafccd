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
    private Writes[] _writes = [];
    private int _placed;

    /// <summary>What one order writes, made before the clock runs.</summary>
    private sealed record Writes(ReconciliationRow Look, RetentionRow Retention, OrderEntity Order, TableEntity History);

    public override string Name => "place order";

    public override double Goal => 0.7;

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
    }

    public override Task PrepareFloorAsync(int operations)
    {
        _writes = [.. Enumerable.Range(0, operations).Select(WritesOf)];
        return Task.CompletedTask;
    }

    public override Task CleanAsync() => Task.CompletedTask;

    protected override ReadOnlyMemory<byte> Request(int index) => Http(
        "POST", "/api/orders", [$"Authorization: Bearer {_customers[index % Customers].Token}", $"Idempotency-Key: key-{_placed++:D9}"], Samples.OrderBody);

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

    private Writes WritesOf(int index)
    {
        var accountId = _customers[index % Customers].AccountId;
        var id = OrderIds.IdOf(accountId, $"floor-{_placed++}");
        var paying = Samples.AwaitingPayment(id, accountId);
        var now = TimeProvider.System.GetUtcNow();
        var order = paying with { Checkouts = [], Journal = [paying.Journal[0] with { At = now }], PlacedAt = now, ExpiresAt = now.AddHours(24) };
        return new(
            ReconciliationRow.Of(id, now.AddMinutes(15)),
            new RetentionRow { PartitionKey = RetentionSchedule.PartitionOf(new RetentionPeriods().DayOf(now).AddDays(30), id), RowKey = $"unpaid-order~{id}" },
            OrderEntity.Of(order),
            History.RowOf(order, "State0000", "Awaiting|Unfulfilled|False"));
    }
}
