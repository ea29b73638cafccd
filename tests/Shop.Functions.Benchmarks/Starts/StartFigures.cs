using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Shop.Local;
using Shop.Local.Host;

namespace Shop.Functions.Benchmarks.Starts;

/// <summary>
/// How long a new instance keeps its first customer waiting: from the start of the published app's process to its first answer, with
/// storage and sign-in up, beside a Functions app that has nothing in it; and what memory it has then, and after some thousand requests.
/// </summary>
internal static class StartFigures
{
    /// <summary>The shop's median over the empty app's, in the same run.</summary>
    private const double MostOfEmpty = 1.5;

    private const string SignedInPath = "api/orders";

    private const int Requests = 4_000;
    private const int InFlight = 16;

    /// <param name="SignedIn">The first answer to somebody who is signed in, after that.</param>
    private sealed record Start(double Seconds, double SignedIn, double IdleMegabytes, double LoadedMegabytes);

    public static async Task<IReadOnlyList<Goal>> RunAsync(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine("Publishing the shop twice and an empty app …");
        using var empty = await PublishedApp.OfAsync("empty app", "tests/Shop.Functions.Benchmarks/EmptyApp", "api/hello");
        using var compiled = await PublishedApp.OfAsync("shop, as it is published", "functions", "api/products");
        using var interpreted = await PublishedApp.OfAsync("shop, without ReadyToRun", "functions", "api/products", "-p:PublishReadyToRun=false");
        PublishedApp[] apps = [empty, compiled, interpreted];

        await using var shop = await LocalShop.StartAsync(new LocalShopOptions { Ports = LocalPorts.Free, SettingsFile = LocalSettings.Sample, WithoutApp = true }, CancellationToken.None);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(shop.Values).AddInMemoryCollection([new("AzureWebJobsStorage", shop.StorageConnectionString)]).Build();
        var token = shop.SignIn!.IssueToken("ada@example.com");
        var starts = apps.ToDictionary(app => app.Name, _ => new List<Start>());
        // The first of each brings its files into the machine's memory and does not count.
        foreach (var app in apps) await StartAsync(app, configuration, null, isLoaded: false);
        var rounds = quick ? 3 : 9;
        for (var round = 0; round < rounds; round++)
            foreach (var app in round % 2 == 0 ? apps : apps.Reverse()) starts[app.Name].Add(await StartAsync(app, configuration, app == empty ? null : token, isLoaded: round == 0));

        Console.WriteLine();
        Console.WriteLine($"From the start of the process to its first answer; the median of {rounds} (and the least), by turns. Memory is the worker's working set, after the first answer and after {Requests} more.");
        Console.WriteLine();
        Console.WriteLine("| app | published MB | first answer s | of the empty one's | first signed-in answer s | memory MB, loaded |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var app in apps) Console.WriteLine(Row(app, starts[app.Name], starts[empty.Name]));
        var ratio = Median(starts[compiled.Name]) / Median(starts[empty.Name]);
        return [new(string.Create(CultureInfo.InvariantCulture, $"first answer of a new instance: {ratio:0.00} of an empty app's (goal {MostOfEmpty})"), ratio <= MostOfEmpty)];
    }

    private static async Task<Start> StartAsync(PublishedApp app, IConfiguration configuration, string? token, bool isLoaded)
    {
        var began = Stopwatch.GetTimestamp();
        await using var host = await FunctionHost.StartAsync(
            new FunctionHostOptions
            {
                App = new WorkerApp(app.Folder),
                Configuration = configuration,
                HostJsonPath = Path.Combine(app.Folder, "host.json"),
                RunQueues = false,
                RunTimers = false,
            },
            CancellationToken.None);
        using var http = new HttpClient { BaseAddress = host.Address };
        (await http.GetAsync(app.Path)).EnsureSuccessStatusCode();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (token is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        began = Stopwatch.GetTimestamp();
        if (token is not null) (await http.GetAsync(SignedInPath)).EnsureSuccessStatusCode();
        var signedIn = Stopwatch.GetElapsedTime(began).TotalSeconds;
        using var process = Process.GetProcessById(host.AppProcessId!.Value);
        var idle = process.WorkingSet64 / 1e6;
        if (!isLoaded) return new(seconds, signedIn, idle, 0);
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (_, stop) => (await http.GetAsync(app.Path, stop)).EnsureSuccessStatusCode());
        process.Refresh();
        return new(seconds, signedIn, idle, process.WorkingSet64 / 1e6);
    }

    private static string Row(PublishedApp app, List<Start> starts, List<Start> empty) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {app.Name} | {app.Megabytes:0} | {Median(starts):0.00} ({starts.Min(start => start.Seconds):0.00}) | {Median(starts) / Median(empty):0.00} | {starts.Select(start => start.SignedIn).Median():0.00} | {starts[0].IdleMegabytes:0}, {starts[0].LoadedMegabytes:0} |");

    private static double Median(List<Start> starts) => starts.Select(start => start.Seconds).Median();
}
