using System.Diagnostics;
using System.Globalization;
using Shop.Functions.Platform.Storage;
using Shop.InProcess;

namespace Shop.Functions.Benchmarks.Privacy;

/// <summary>
/// The nightly purge with as much due among little and among much. The emulator answers the schedule's one query by looking at
/// every row it has, which Azure's index does not: that one call is timed by itself as well, so that both can be told apart.
/// </summary>
internal static class PurgeFigures
{
    private const int Due = 1_000;
    private const double MostCalls = 3;
    private const double MostTime = 1.15;

    private sealed record Figures(int Stored, int Calls, int Entities, double Total, double Scan)
    {
        public double Rest => Total - Scan;
    }

    public static async Task<IReadOnlyList<Goal>> RunAsync(bool quick)
    {
        var (little, much, rounds) = quick ? (4_000, 20_000, 3) : (10_000, 200_000, 9);
        Console.WriteLine();
        Console.WriteLine($"Filling two emulators with {little} and {much} entities …");
        await using var small = await StockedShop.StartAsync(little);
        await using var large = await StockedShop.StartAsync(much);
        // The first round of each compiles; the others take turns, so that whatever else the machine does meets both.
        var rows = new List<(Figures Small, Figures Large)>();
        for (var round = 0; round <= rounds; round++)
        {
            var first = await RoundAsync(small, round);
            var second = await RoundAsync(large, round);
            if (round > 0) rows.Add((first, second));
        }

        var (a, b) = (Median(rows.Select(row => row.Small)), Median(rows.Select(row => row.Large)));
        Console.WriteLine();
        Console.WriteLine($"| purge of {Due} due | storage calls | per entity | ms | of which the emulator's scan of the schedule | rest |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var figures in new[] { a, b }) Console.WriteLine(Row(figures));
        var whole = rows.Select(row => row.Large.Total / row.Small.Total).Median();
        var rest = rows.Select(row => row.Large.Rest / row.Small.Rest).Median();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Time, {much} over {little} stored: {whole:0.00}; without the scan {rest:0.00} (medians of {rounds} pairs)."));
        return
        [
            new(string.Create(CultureInfo.InvariantCulture, $"purge: {PerEntity(b):0.00} storage calls for each entity (goal {MostCalls})"), PerEntity(a) <= MostCalls && PerEntity(b) <= MostCalls),
            new($"purge: as many calls among {much} as among {little}", a.Calls == b.Calls),
            new(string.Create(CultureInfo.InvariantCulture, $"purge: {whole:0.00} of the time on the emulator (goal {MostTime})"), whole <= MostTime),
            new(string.Create(CultureInfo.InvariantCulture, $"purge: {rest:0.00} of the time without the emulator's scan (goal {MostTime})"), rest <= MostTime),
        ];
    }

    private static async Task<Figures> RoundAsync(StockedShop stock, int round)
    {
        var entities = await stock.FillDueAsync(Due, round);
        var scan = await stock.ScanAsync(Due);
        stock.Shop.AppCalls.Start();
        var start = Stopwatch.GetTimestamp();
        await stock.Shop.Host.InvokeAsync("PurgeExpiredData", null, CancellationToken.None);
        var time = Stopwatch.GetElapsedTime(start);
        var calls = stock.Shop.AppCalls.Stop();
        var scans = calls.Count(call => call.Kind.StartsWith("GET", StringComparison.Ordinal) && call.Kind.Contains(StorageNames.Retention, StringComparison.Ordinal));
        return new(stock.Stored, calls.Count, entities, time.TotalMilliseconds, scans * scan.TotalMilliseconds);
    }

    private static double PerEntity(Figures figures) => (double)figures.Calls / figures.Entities;

    private static Figures Median(IEnumerable<Figures> rounds)
    {
        var all = rounds.ToList();
        return all[0] with { Total = all.Select(round => round.Total).Median(), Scan = all.Select(round => round.Scan).Median() };
    }

    private static string Row(Figures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"| among {figures.Stored} | {figures.Calls} | {PerEntity(figures):0.00} | {figures.Total:0} | {figures.Scan:0} | {figures.Rest:0} |");
}
