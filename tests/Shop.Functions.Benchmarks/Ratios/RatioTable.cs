using System.Globalization;
using Shop.Functions.Payments;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>The app's rate over the floor's, for each use case alone and with sixteen and sixty-four in flight.</summary>
internal static class RatioTable
{
    private static readonly int[] InFlight = [1, 16, 64];

    /// <summary>As after an hour without the shop: a queue gets slower as it gets longer, for the app as for the floor.</summary>
    private const int Backlog = 1_000;

    /// <summary>What a call to Azure Tables within a region takes at the least, by Microsoft's own word a matter of single-digit milliseconds.</summary>
    private static readonly TimeSpan AsInAzure = TimeSpan.FromMilliseconds(3);

    /// <param name="word">Only use cases that have it in their name.</param>
    public static async Task<IReadOnlyList<Goal>> RunAsync(bool quick, string word)
    {
        var rounds = quick ? 4 : 16;
        Console.WriteLine();
        Console.WriteLine($"The app's rate over a bare loop's that makes the same storage calls with the same SDK; median of {rounds} pairs of rounds (quartiles), app and floor by turns.");
        Console.WriteLine("Processor time and allocations are this process's for one operation; the app's side includes the HTTP caller.");
        Console.WriteLine();
        Console.WriteLine("| use case | in flight | app/s | floor/s | ratio (quartiles) | goal | CPU µs app, floor | KiB app, floor |");
        Console.WriteLine("|---|---:|---:|---:|---|---:|---:|---:|");
        var goals = new List<Goal>();
        var calls = new List<string>();
        foreach (var inFlight in InFlight)
        {
            // A batch and its threshold that together let as many messages be worked on.
            var (batch, threshold) = inFlight == 1 ? (1, 0) : (inFlight / 2, inFlight / 2);
            Comparison[] comparisons =
            [
                new WebhookComparison(), new PayPalWebhookComparison(), new ApplyComparison(Providers.Stripe, batch, threshold),
                new ApplyComparison(Providers.PayPal, batch, threshold), new PlaceComparison(), new ReadComparison("read order", ""),
                new ReadComparison("follow order", "/tracking"), new WorkListComparison(), new ReserveComparison(),
                new WebhookComparison { Distance = AsInAzure }, new PayPalWebhookComparison { Distance = AsInAzure },
                new ReadComparison("read order", "") { Distance = AsInAzure }, new ReadComparison("follow order", "/tracking") { Distance = AsInAzure },
                .. inFlight == 16 ? [new ApplyComparison(Providers.Stripe, batch, threshold, Backlog)] : Array.Empty<Comparison>(),
            ];
            foreach (var comparison in comparisons.Where(comparison => comparison.Title.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                // The emulator slows down as it fills, so each measurement has a new one.
                await using var shop = await MeasuredShop.StartAsync(comparison is ApplyComparison ? batch : null, threshold, onDisk: comparison.PerRound == Backlog, comparison.Distance);
                var result = await Measurement.TakeAsync(comparison, shop, inFlight, comparison.PerRound == Backlog ? rounds / 4 : rounds);
                (comparison as IDisposable)?.Dispose();
                Console.WriteLine(Row(result));
                if (result.Goal is { } goal)
                    goals.Add(new(string.Create(CultureInfo.InvariantCulture, $"{result.Name}, {inFlight} in flight: {result.Ratio:0.00} of the floor (goal {goal:0.0})"), result.Ratio >= goal));
                if (inFlight == 1) calls.Add($"{result.Name}: {result.Calls}");
            }
        }

        Console.WriteLine();
        Console.WriteLine("Storage calls of one operation, app and floor alike:");
        calls.ForEach(line => Console.WriteLine($"  {line}"));
        return goals;
    }

    private static string Row(Result result) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {result.Name} | {result.InFlight} | {result.AppRate:0} | {result.FloorRate:0} | {result.Ratio:0.00} ({result.LowerQuartile:0.00}–{result.UpperQuartile:0.00}) | {result.Goal:0.0} | {result.AppCpu.TotalMicroseconds:0}, {result.FloorCpu.TotalMicroseconds:0} | {result.AppBytes / 1024:0}, {result.FloorBytes / 1024:0} |");
}
