using Azure;
using Azure.Data.Tables;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// All reserve one of the same item; the floor reads its level and replaces it together with a new reservation, and begins again at
/// once when somebody was faster. One item is one partition and one level: this is as fast as one item sells.
/// </summary>
internal sealed class ReserveComparison : Comparison
{
    private const string Sku = "HOT-1";

    private StockStore _stock = null!;
    private TableClient _table = null!;
    private int _reserved;

    public override string Name => "reserve one hot item";

    public override double? Goal => null;

    public override int PerRound => 96;

    public override async Task SetUpAsync(MeasuredShop shop)
    {
        _stock = new(shop.AppTables, new RaceBackoff(TimeProvider.System, Random.Shared));
        _table = shop.Tables.GetTableClient(StorageNames.Stock);
        await _stock.AdjustAsync(Sku, "start", 1_000_000, "received", TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    public override Task PrepareAppAsync(int operations) => Task.CompletedTask;

    public override Task PrepareFloorAsync(int operations) => Task.CompletedTask;

    public override Task RunAppAsync(int operations, int inFlight) => WorkAsync(operations, inFlight, async (_, _) =>
    {
        if (!await _stock.ReserveAsync(Sku, NextOrder(), 1, CancellationToken.None)) throw new InvalidOperationException("There is none left.");
    });

    public override Task RunFloorAsync(int operations, int inFlight) => WorkAsync(operations, inFlight, async (_, _) =>
    {
        var order = NextOrder();
        while (!await TryAsync(order)) { }
    });

    public override Task CleanAsync() => Task.CompletedTask;

    private string NextOrder() => $"{Interlocked.Increment(ref _reserved):D26}";

    private async Task<bool> TryAsync(string order)
    {
        var level = (await _table.GetEntityIfExistsAsync<StockLevelEntity>(Sku, StockLevelEntity.Row)).Value!;
        level.Reserved++;
        try
        {
            await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, level, level.ETag),
                new(TableTransactionActionType.Add, new StockReservationEntity { PartitionKey = Sku, RowKey = StockReservationEntity.Prefix + order, Reserved = 1 }),
            ]);
            return true;
        }
        catch (RequestFailedException failed) when (failed.Status == 412)
        {
            return false;
        }
    }
}
