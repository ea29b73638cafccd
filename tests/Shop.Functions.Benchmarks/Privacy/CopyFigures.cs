using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Azure.Data.Tables;
using Shop.Functions.Benchmarks.Ratios;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;

namespace Shop.Functions.Benchmarks.Privacy;

/// <summary>What it costs to hand somebody a copy of everything held about them.</summary>
internal static class CopyFigures
{
    private const int Orders = 200;
    private const int MostCalls = 210;

    public static async Task<IReadOnlyList<Goal>> RunAsync(bool quick)
    {
        await using var shop = await MeasuredShop.StartAsync(null, 0);
        var (accountId, token) = await shop.CustomerAsync("ada@example.com");
        await WriteOrdersAsync(shop.Tables, accountId);
        using var http = new HttpClient { BaseAddress = shop.Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        shop.AppCalls.Start();
        var bytes = (await http.GetByteArrayAsync(new Uri("api/account/export", UriKind.Relative))).Length;
        var calls = shop.AppCalls.Stop().Count;
        var times = new List<double>();
        for (var i = 0; i < (quick ? 3 : 20); i++)
        {
            var start = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync(new Uri("api/account/export", UriKind.Relative));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine();
        Console.WriteLine("| a copy of an account | storage calls | median ms | KiB | goal |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| with {Orders} orders | {calls} | {times[times.Count / 2]:0} | {bytes / 1024} | {MostCalls} calls |"));
        return [new($"copy of an account with {Orders} orders: {calls} storage calls (goal {MostCalls})", calls <= MostCalls)];
    }

    private static async Task WriteOrdersAsync(TableServiceClient tables, string accountId)
    {
        var store = new OrderStore(tables);
        var history = new OrderIndex(tables);
        for (var i = 0; i < Orders; i++)
        {
            var order = Samples.AwaitingPayment(OrderIds.IdOf(accountId, $"copy-{i}"), accountId);
            order = Samples.Paid(order).ApplyTo(order) with { PlacedAt = Samples.Noon.AddMinutes(i) };
            await store.AddAsync(order, CancellationToken.None);
            await history.AddAsync(order, CancellationToken.None);
        }
    }
}
