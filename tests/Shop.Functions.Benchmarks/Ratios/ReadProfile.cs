using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// Where the time of reading an order goes, one at a time: the same server answers something that needs neither sign-in nor storage, then
/// with a token something that needs no storage, then the order; beside it each part by itself, and the storage call behind a web server that does nothing
/// else. The parts come to less than the whole: while a request waits for storage its threads fall asleep and the caches fill with other things, so the same
/// instructions take longer. The row "after a storage call" shows it: nothing in it but a call and an answer that the rows above have each by itself.
/// </summary>
internal static class ReadProfile
{
    private const int PerRound = 200;

    private sealed record Part(string Name, Func<Task> Once)
    {
        public List<double> Microseconds { get; } = [];

        public List<double> Cpu { get; } = [];

        public List<double> Bytes { get; } = [];
    }

    public static async Task RunAsync(bool quick)
    {
        await using var shop = await MeasuredShop.StartAsync(null, 0);
        var (accountId, token) = await shop.CustomerAsync("ada@example.com");
        var order = Samples.AwaitingPayment(OrderIds.IdOf(accountId, "read"), accountId);
        var orders = shop.Tables.GetTableClient(StorageNames.Orders);
        var paid = Samples.Paid(order).ApplyTo(order);
        await orders.AddEntityAsync(OrderEntity.Of(paid));
        var services = shop.Host.Services;
        using var connection = await Connection.OpenAsync(shop.Host.Address);
        await using var bare = await BareServerAsync(orders, order.Id);
        using var toBare = await Connection.OpenAsync(new Uri(bare.Urls.Single()));
        Part[] parts =
        [
            new("an answer without sign-in or storage", () => GetAsync("health/live", signedIn: false, 200)),
            new("an answer with sign-in, without storage", () => GetAsync("orders/no-id", signedIn: true, 404)),
            new("the order", () => GetAsync($"orders/{order.Id}", signedIn: true, 200)),
            new("an answer with sign-in, without storage, after a storage call", async () =>
            {
                await orders.GetEntityIfExistsAsync<OrderEntity>(order.Id, OrderEntity.Row);
                await GetAsync("orders/no-id", signedIn: true, 404);
            }),
            new("the order found and understood, in the app, without a request", () => services.GetRequiredService<OrderStore>().FindAsync(order.Id, CancellationToken.None)),
            new("the storage call by the app's client", () => services.GetRequiredService<TableServiceClient>().GetTableClient(StorageNames.Orders).GetEntityIfExistsAsync<OrderEntity>(order.Id, OrderEntity.Row)),
            new("an order told: what is derived, and its JSON", () => OrderView.Answer(paid, OrderSight.Customer).ExecuteAsync(new DefaultHttpContext())),
            new("the storage call behind a bare web server", async () => MustBe(200, await toBare.SendAsync("GET /bare HTTP/1.1\r\nHost: bare\r\n\r\n"u8.ToArray()))),
            new("the storage call by itself", () => orders.GetEntityIfExistsAsync<OrderEntity>(order.Id, OrderEntity.Row)),
        ];
        for (var warmUp = 0; warmUp < 8; warmUp++) foreach (var part in parts) await RoundAsync(part);
        foreach (var part in parts) Clear(part);
        for (var round = 0; round < (quick ? 5 : 25); round++) foreach (var part in parts) await RoundAsync(part);

        Console.WriteLine();
        Console.WriteLine("| reading an order, one at a time | µs | CPU µs | KiB |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var part in parts)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {part.Name} | {part.Microseconds.Median():0} | {part.Cpu.Median():0} | {part.Bytes.Median() / 1024:0.0} |"));

        async Task GetAsync(string path, bool signedIn, int status)
        {
            var head = $"GET /api/{path} HTTP/1.1\r\nHost: {shop.Host.Address.Authority}\r\n{(signedIn ? $"Authorization: Bearer {token}\r\n" : "")}\r\n";
            MustBe(status, await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes(head)));
        }
    }

    /// <summary>The least that can answer with an order from storage: no sign-in, no order understood or told.</summary>
    private static async Task<WebApplication> BareServerAsync(TableClient orders, string id)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var answer = new byte[1500];
        server.MapGet("/bare", async (HttpContext http) =>
        {
            await orders.GetEntityIfExistsAsync<OrderEntity>(id, OrderEntity.Row);
            http.Response.ContentLength = answer.Length;
            await http.Response.BodyWriter.WriteAsync(answer);
        });
        await server.StartAsync();
        return server;
    }

    private static void MustBe(int status, ReadOnlyMemory<byte> answer)
    {
        if (Connection.StatusOf(answer) != status) throw new InvalidOperationException($"The answer was {Connection.StatusOf(answer)}.");
    }

    private static async Task RoundAsync(Part part)
    {
        var (cpu, bytes, began) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        for (var i = 0; i < PerRound; i++) await part.Once();
        part.Microseconds.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / PerRound);
        part.Cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / PerRound);
        part.Bytes.Add((double)(GC.GetTotalAllocatedBytes() - bytes) / PerRound);
    }

    private static void Clear(Part part)
    {
        part.Microseconds.Clear();
        part.Cpu.Clear();
        part.Bytes.Clear();
    }
}
