using System.Diagnostics;
using System.Runtime;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>Takes turns: app, floor, floor, app, …, so that whatever else the machine does meets both.</summary>
internal static class Measurement
{
    private const int LongestWarmUp = 80;

    /// <summary>Operations: a round of many warms up more than one of few.</summary>
    private const int MostWarmUp = 20_000;

    /// <summary>In a pair of rounds that is quiet the runtime compiles fewer methods than this.</summary>
    private const int FewMethods = 10;

    /// <summary>
    /// So many quiet pairs in a row are worth counting. The compiler waits for a tenth of a second in which nothing new is called, which may
    /// be longer than a pair takes: one quiet pair alone may be that pause, with half of the code yet to be compiled again.
    /// </summary>
    private const int QuietPairs = 5;

    private sealed record Round(double Rate, TimeSpan Cpu, long Bytes);

    public static async Task<Result> TakeAsync(Comparison comparison, MeasuredShop shop, int inFlight, int rounds)
    {
        await comparison.SetUpAsync(shop);
        var calls = await SameCallsAsync(comparison, shop, inFlight);

        await WarmUpAsync(comparison, inFlight);
        var app = new List<Round>();
        var floor = new List<Round>();
        for (var i = 0; i < rounds; i++)
        {
            var appFirst = i % 2 == 0;
            if (appFirst) app.Add(await AppAsync(comparison, inFlight));
            floor.Add(await FloorAsync(comparison, inFlight));
            if (!appFirst) app.Add(await AppAsync(comparison, inFlight));
        }

        double[] ratios = [.. app.Zip(floor, (a, f) => a.Rate / f.Rate).Order()];
        var perSide = (double)rounds * comparison.PerRound;
        return new(
            comparison.Title, comparison.Goal, inFlight,
            Quantile([.. app.Select(round => round.Rate).Order()], 0.5), Quantile([.. floor.Select(round => round.Rate).Order()], 0.5),
            Quantile(ratios, 0.5), Quantile(ratios, 0.25), Quantile(ratios, 0.75),
            Total(app) / perSide, Total(floor) / perSide,
            app.Sum(round => round.Bytes) / perSide, floor.Sum(round => round.Bytes) / perSide, calls);
    }

    /// <summary>Until the runtime has compiled what is used often; before, its compiler takes more of the processor than the app.</summary>
    private static async Task WarmUpAsync(Comparison comparison, int inFlight)
    {
        for (var (i, quiet) = (0, 0); i < LongestWarmUp && i * comparison.PerRound < MostWarmUp && quiet < QuietPairs; i++)
        {
            var before = JitInfo.GetCompiledMethodCount();
            await AppAsync(comparison, inFlight);
            await FloorAsync(comparison, inFlight);
            quiet = JitInfo.GetCompiledMethodCount() - before < FewMethods ? quiet + 1 : 0;
        }
    }

    private static TimeSpan Total(List<Round> rounds) => rounds.Aggregate(TimeSpan.Zero, (sum, round) => sum + round.Cpu);

    /// <summary>One operation each, alone: a floor that made other calls than the app would be no floor.</summary>
    private static async Task<string> SameCallsAsync(Comparison comparison, MeasuredShop shop, int inFlight)
    {
        // Once before, for whatever the app reads only now and then: the catalogue, the keys of the sign-in authority.
        await AppAsync(comparison, inFlight, 1);
        await comparison.PrepareAppAsync(1);
        shop.AppCalls.Start();
        await comparison.RunAppAsync(1, 1);
        var app = WithoutFurtherPolls(shop.AppCalls.Stop());
        await comparison.CleanAsync();

        await comparison.PrepareFloorAsync(1);
        shop.FloorCalls.Start();
        await comparison.RunFloorAsync(1, 1);
        var floor = WithoutFurtherPolls(shop.FloorCalls.Stop());
        await comparison.CleanAsync();

        var same = app.Count == floor.Count && app.Zip(floor).All(pair =>
            pair.First.Kind == pair.Second.Kind && Math.Abs(pair.First.Bytes - pair.Second.Bytes) <= 4 + (pair.First.Bytes / 50));
        if (!same) throw new InvalidOperationException($"{comparison.Name}: the app made\n  {string.Join("\n  ", app)}\nand the floor\n  {string.Join("\n  ", floor)}");
        return string.Join(", ", app.Select(call => call.Kind));
    }

    /// <summary>Whether a queue is polled again while the one message is worked on is a matter of timing, on either side.</summary>
    private static List<StorageCall> WithoutFurtherPolls(IReadOnlyList<StorageCall> calls) =>
        [.. calls.Where((call, i) => !(call.Kind.StartsWith("GET ", StringComparison.Ordinal) && call.Kind.EndsWith("/messages", StringComparison.Ordinal))
            || !calls.Take(i).Any(earlier => earlier.Kind == call.Kind))];

    private static async Task<Round> AppAsync(Comparison comparison, int inFlight, int? operations = null)
    {
        var count = operations ?? comparison.PerRound;
        await comparison.PrepareAppAsync(count);
        return await TimeAsync(comparison, count, () => comparison.RunAppAsync(count, inFlight));
    }

    private static async Task<Round> FloorAsync(Comparison comparison, int inFlight)
    {
        await comparison.PrepareFloorAsync(comparison.PerRound);
        return await TimeAsync(comparison, comparison.PerRound, () => comparison.RunFloorAsync(comparison.PerRound, inFlight));
    }

    private static async Task<Round> TimeAsync(Comparison comparison, int operations, Func<Task> run)
    {
        var (cpu, bytes, began) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await run();
        var round = new Round(
            operations / Stopwatch.GetElapsedTime(began).TotalSeconds, Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes() - bytes);
        await comparison.CleanAsync();
        return round;
    }

    private static double Quantile(double[] sorted, double part)
    {
        var at = part * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
