using System.Diagnostics;
using System.Globalization;

namespace Shop.Functions.Benchmarks.Running;

/// <summary>
/// The running shop from outside, with few and with many orders in flight. Two shops take turns, so that whatever else the machine
/// does meets both.
/// </summary>
internal static class RunningFigures
{
    private const int Few = 10;
    private const int Callers = 16;
    private const double LeastOfFew = 0.9;
    private const double MostOfSandbox = 0.1;

    private sealed record Use(string Name, int Operations, Func<ServedShop, Task> Run);

    private static readonly Use[] Uses =
    [
        new("place and pay", 48, shop => shop.PlaceAndPayAsync()),
        new("wrong signature → 400", 480, shop => shop.DeliverAsync(rightly: false)),
        new("read order", 480, shop => shop.ReadAsync("")),
        new("read tracking", 480, shop => shop.ReadAsync("/tracking")),
        // Last, for what it puts on the queue is worked off afterwards.
        new("webhook → 200", 240, shop => shop.DeliverAsync(rightly: true)),
    ];

    public static async Task<IReadOnlyList<Goal>> RunAsync(bool quick)
    {
        var (many, rounds) = quick ? (200, 2) : (1_000, 6);
        Console.WriteLine();
        Console.WriteLine($"Two running shops on disk, with {Few} and {many} orders in flight; {Callers} callers at once; median of {rounds} pairs of rounds by turns.");
        await using var small = await ServedShop.StartAsync();
        await using var large = await ServedShop.StartAsync();
        await small.HoldAsync(Few, Callers);
        await large.HoldAsync(many, Callers);
        Console.WriteLine();
        Console.WriteLine($"| use case | {Few} in flight, a second | {many} in flight, a second | ratio (least and most) |");
        Console.WriteLine("|---|---:|---:|---|");
        var goals = new List<Goal>();
        var wholeRate = 0.0;
        foreach (var use in Uses)
        {
            var (few, lots) = await CompareAsync(use, small, large, rounds);
            double[] ratios = [.. few.Zip(lots, (a, b) => b / a).Order()];
            if (use == Uses[0]) wholeRate = few.Median();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {use.Name} | {few.Median():0.0} | {lots.Median():0.0} | {ratios.Median():0.00} ({ratios[0]:0.00}–{ratios[^1]:0.00}) |"));
            goals.Add(new(string.Create(CultureInfo.InvariantCulture, $"{use.Name}: with {many} in flight {ratios.Median():0.00} of the rate with {Few} (goal {LeastOfFew})"), ratios.Median() >= LeastOfFew));
        }

        goals.Add(await SandboxAsync(wholeRate, rounds));
        return goals;
    }

    /// <summary>A payment's share of the machine's time: how fast orders are placed and paid, over how fast the sandbox alone would be paid at.</summary>
    private static async Task<Goal> SandboxAsync(double wholeRate, int rounds)
    {
        await using var alone = await SandboxAlone.StartAsync();
        var rates = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var rate = await RateAsync(160, alone.PayAsync);
            if (round > 0) rates.Add(rate);
        }

        var share = wholeRate / rates.Median();
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The Stripe sandbox alone, on disk: {rates.Median():0} payments a second with {Callers} callers; of placing and paying it takes {share:P0}."));
        return new(string.Create(CultureInfo.InvariantCulture, $"sandbox: {share:P0} of the time of placing and paying (goal {MostOfSandbox:P0})"), share <= MostOfSandbox);
    }

    private static async Task<(List<double> Few, List<double> Many)> CompareAsync(Use use, ServedShop small, ServedShop large, int rounds)
    {
        var (few, many) = (new List<double>(), new List<double>());
        // The first of each compiles.
        for (var round = 0; round <= rounds; round++)
        {
            var first = round % 2 == 0 ? small : large;
            var a = await RateAsync(use.Operations, () => use.Run(first));
            var b = await RateAsync(use.Operations, () => use.Run(first == small ? large : small));
            if (round == 0) continue;
            few.Add(first == small ? a : b);
            many.Add(first == small ? b : a);
        }

        return (few, many);
    }

    /// <returns>Operations a second, with <see cref="Callers"/> of them at once.</returns>
    private static async Task<double> RateAsync(int operations, Func<Task> run)
    {
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, operations, new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, _) => await run());
        return operations / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
