using System.Diagnostics;
using System.Globalization;
using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Ratios;

/// <summary>
/// Where the time of reading an order goes, one at a time: the same server answers something that needs neither sign-in nor storage, then
/// with a token something that needs no storage, then the order; beside it the bare storage call. What lies between two rows is what the later one adds.
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
        await orders.AddEntityAsync(OrderEntity.Of(Samples.Paid(order).ApplyTo(order)));
        using var connection = await Connection.OpenAsync(shop.Host.Address);
        Part[] parts =
        [
            new("an answer without sign-in or storage", () => GetAsync("health/ready", signedIn: false, 200)),
            new("an answer with sign-in, without storage", () => GetAsync("orders/no-id", signedIn: true, 404)),
            new("the order", () => GetAsync($"orders/{order.Id}", signedIn: true, 200)),
            new("the storage call by itself", () => orders.GetEntityIfExistsAsync<OrderEntity>(order.Id, OrderEntity.Row)),
        ];
        for (var warmUp = 0; warmUp < 8; warmUp++) foreach (var part in parts) await RoundAsync(part);
        foreach (var part in parts) Clear(part);
        for (var round = 0; round < (quick ? 5 : 25); round++) foreach (var part in parts) await RoundAsync(part);

        Console.WriteLine();
        Console.WriteLine("| reading an order, one at a time | µs | CPU µs | KiB |");
        Console.WriteLine("|---|---:|---:|---:|");
        foreach (var part in parts)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {part.Name} | {Median(part.Microseconds):0} | {Median(part.Cpu):0} | {Median(part.Bytes) / 1024:0.0} |"));

        async Task GetAsync(string path, bool signedIn, int status)
        {
            var head = $"GET /api/{path} HTTP/1.1\r\nHost: {shop.Host.Address.Authority}\r\n{(signedIn ? $"Authorization: Bearer {token}\r\n" : "")}\r\n";
            var answer = await connection.SendAsync(System.Text.Encoding.ASCII.GetBytes(head));
            if (Connection.StatusOf(answer) != status) throw new InvalidOperationException($"{path} answered {Connection.StatusOf(answer)}.");
        }
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

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
