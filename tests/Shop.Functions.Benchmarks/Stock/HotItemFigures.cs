using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform.Storage;
using Shop.Local.Storage;

namespace Shop.Functions.Benchmarks.Stock;

/// <summary>
/// How many orders a second can reserve the same item, beside a bare loop that reads one entity and replaces it if it has not
/// changed: what one entity can give at all.
/// </summary>
internal static class HotItemFigures
{
    private static readonly int[] InFlight = [1, 16];

    public static async Task<IReadOnlyList<Goal>> RunAsync(bool quick)
    {
        var (rounds, perRound) = quick ? (2, 40) : (9, 200);
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions { Progress = Console.WriteLine }, CancellationToken.None);
        var tables = new TableServiceClient(azurite.ConnectionString);
        await tables.CreateTableIfNotExistsAsync(StorageNames.Stock);
        var (table, stock) = (tables.GetTableClient(StorageNames.Stock), new StockStore(tables, new RaceBackoff(TimeProvider.System, Random.Shared)));
        Console.WriteLine();
        Console.WriteLine("| reserving one hot item | in flight | reservations/s | bare compare-and-set/s | ratio |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var inFlight in InFlight)
        {
            var pairs = new List<(double App, double Floor)>();
            for (var round = 0; round <= rounds; round++)
            {
                // An item of its own for each: the first round compiles.
                var (sku, bare) = ($"HOT-{inFlight}-{round}", $"BARE-{inFlight}-{round}");
                await stock.AdjustAsync(sku, "filled", perRound, "received", DateTimeOffset.UnixEpoch, CancellationToken.None);
                await table.AddEntityAsync(new StockLevelEntity { PartitionKey = bare, OnHand = perRound });
                var app = await RateAsync(perRound, inFlight, async index =>
                {
                    if (!await stock.ReserveAsync(sku, $"order{index}", 1, CancellationToken.None)) throw new InvalidOperationException("There were as many as that.");
                });
                var floor = await RateAsync(perRound, inFlight, _ => TakeAsync(table, bare));
                if ((await stock.FindAsync(sku, CancellationToken.None))!.Available != 0) throw new InvalidOperationException("Too many or too few are reserved.");
                if (round > 0) pairs.Add((app, floor));
            }

            var (rate, most) = (Median(pairs.Select(pair => pair.App)), Median(pairs.Select(pair => pair.Floor)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| reserve, level and reservation in one transaction | {inFlight} | {rate:0} | {most:0} | {Median(pairs.Select(pair => pair.App / pair.Floor)):0.00} |"));
        }

        return [];
    }

    /// <summary>Until it has worked, with no wait between.</summary>
    private static async Task TakeAsync(TableClient table, string sku)
    {
        for (; ; )
        {
            var level = (await table.GetEntityAsync<StockLevelEntity>(sku, StockLevelEntity.Row)).Value;
            level.Reserved++;
            try
            {
                await table.UpdateEntityAsync(level, level.ETag, TableUpdateMode.Replace);
                return;
            }
            catch (RequestFailedException failed) when (failed.Status == 412)
            {
            }
        }
    }

    private static async Task<double> RateAsync(int operations, int inFlight, Func<int, Task> operation)
    {
        var (next, start) = (-1, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < operations) await operation(index);
        })));
        return operations / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
