using System.Globalization;
using Azure.Data.Tables;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>Staff read a page of what is to be sent, which goes on record; the floor writes that line and reads the page.</summary>
internal sealed class WorkListComparison : HttpComparison
{
    private const int Orders = 64;
    private const int Size = 20;

    private TableClient _fulfilment = null!;
    private TableClient _register = null!;
    private string _token = "";
    private string _staffId = "";

    public override string Name => "page of what is to be sent";

    public override double? Goal => null;

    public override int PerRound => 100;

    protected override int ExpectedStatus => 200;

    public override async Task SetUpAsync(MeasuredShop shop)
    {
        await base.SetUpAsync(shop);
        _fulfilment = shop.Tables.GetTableClient(StorageNames.Fulfilment);
        _register = shop.Tables.GetTableClient(StorageNames.StaffActions);
        (_staffId, _token) = await shop.CustomerAsync("fred@example.com", StaffRoles.Fulfilment);
        for (var i = 0; i < Orders; i++)
        {
            var order = Samples.AwaitingPayment(OrderIds.IdOf("ada", $"list-{i}"), "ada") with { PlacedAt = Samples.Noon.AddMinutes(i) };
            await _fulfilment.AddEntityAsync(FulfilmentRow.Of(Samples.Paid(order).ApplyTo(order)));
        }
    }

    public override Task PrepareFloorAsync(int operations) => Task.CompletedTask;

    public override Task CleanAsync() => Task.CompletedTask;

    protected override ReadOnlyMemory<byte> Request(int index) => Http("GET", $"/api/fulfilment/orders?limit={Size}", [$"Authorization: Bearer {_token}"]);

    protected override async Task FloorAsync(int index)
    {
        var now = TimeProvider.System.GetUtcNow();
        await _register.AddEntityAsync(new StaffActionEntity
        {
            PartitionKey = StaffActionEntity.PartitionOf(now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
            RowKey = StaffActionEntity.RowKeyOf(now, Guid.NewGuid().ToString("N")[..8]),
            At = now,
            StaffId = _staffId,
            Role = StaffRoles.NameOf(StaffRoles.Fulfilment),
            What = "list_orders_to_send",
        });
        var rows = 0;
        await foreach (var _ in _fulfilment.QueryAsync<FulfilmentRow>((string?)null, maxPerPage: Size + 1))
            if (++rows > Size) break;
    }
}
