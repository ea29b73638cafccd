using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>A customer reads an order, or follows it; the floor reads the entity.</summary>
/// <param name="what">Behind the order's address, for instance <c>/tracking</c>.</param>
internal sealed class ReadComparison(string name, string what) : HttpComparison
{
    private const int Orders = 64;

    private readonly List<string> _ids = [];
    private TableClient _orders = null!;
    private string _token = "";

    public override string Name => name;

    public override double? Goal => 0.8;

    public override int PerRound => 250;

    protected override int ExpectedStatus => 200;

    public override async Task SetUpAsync(MeasuredShop shop)
    {
        await base.SetUpAsync(shop);
        _orders = shop.Tables.GetTableClient(StorageNames.Orders);
        (var accountId, _token) = await shop.CustomerAsync("ada@example.com");
        for (var i = 0; i < Orders; i++)
        {
            var order = Samples.AwaitingPayment(OrderIds.IdOf(accountId, $"read-{i}"), accountId);
            await _orders.AddEntityAsync(OrderEntity.Of(Samples.Paid(order).ApplyTo(order)));
            _ids.Add(order.Id);
        }
    }

    public override Task PrepareFloorAsync(int operations) => Task.CompletedTask;

    public override Task CleanAsync() => Task.CompletedTask;

    protected override ReadOnlyMemory<byte> Request(int index) => Http("GET", $"/api/orders/{_ids[index % Orders]}{what}", [$"Authorization: Bearer {_token}"]);

    protected override Task FloorAsync(int index) => _orders.GetEntityIfExistsAsync<OrderEntity>(_ids[index % Orders], OrderEntity.Row);
}
