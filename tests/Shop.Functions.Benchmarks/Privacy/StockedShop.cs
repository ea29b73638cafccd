using System.Diagnostics;
using Shop.Functions.Accounts;
using Shop.Functions.Benchmarks.Ratios;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Benchmarks.Privacy;

/// <summary>A shop with as much in storage as one is told: accounts, orders, the lists of orders, and the schedule with all of it scheduled for later.</summary>
internal sealed class StockedShop : IAsyncDisposable
{
    private const int AtOnce = 16;
    private const int OrdersOfOne = 10;

    private readonly RetentionSchedule _schedule;
    private readonly OrderStore _orders;
    private readonly OrderIndex _history;

    private StockedShop(MeasuredShop shop)
    {
        Shop = shop;
        _schedule = new(shop.Tables);
        _orders = new(shop.Tables);
        _history = new(shop.Tables);
    }

    public MeasuredShop Shop { get; }

    /// <summary>Entities that are not due.</summary>
    public int Stored { get; private set; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<StockedShop> StartAsync(int entities)
    {
        var stock = new StockedShop(await MeasuredShop.StartAsync(null, 0));
        try
        {
            await stock.FillAsync(entities);
            return stock;
        }
        catch
        {
            await stock.DisposeAsync();
            throw;
        }
    }

    /// <summary>Orders that are due: half of them came to nothing, the others were paid more than a year ago. Each has a customer of its own.</summary>
    /// <returns>How many entities will be deleted or changed: an order and its row in a list are two.</returns>
    public async Task<int> FillDueAsync(int due, int round)
    {
        await Parallel.ForAsync(0, due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var unpaid = i % 2 == 0;
            var order = OrderOf($"due-{round}-{i}", $"{i}", Now.AddDays(unpaid ? -45 : -400), isPaid: !unpaid);
            await _orders.AddAsync(order, CancellationToken.None);
            await _history.WriteAsync(order, CancellationToken.None);
        });
        await _schedule.ScheduleAllAsync(
            Enumerable.Range(0, due).Select(i => new RetentionEntry(
                DateOnly.FromDateTime(Now.UtcDateTime), i % 2 == 0 ? "unpaid-order" : "order-delivery", OrderIds.IdOf($"due-{round}-{i}", $"{i}"))),
            CancellationToken.None);
        return (due / 2 * 2) + (due - (due / 2));
    }

    /// <summary>How long the emulator takes for the schedule's query alone.</summary>
    public async Task<TimeSpan> ScanAsync(int expected)
    {
        var start = Stopwatch.GetTimestamp();
        var found = 0;
        await foreach (var part in _schedule.DueAsync(DateOnly.FromDateTime(Now.UtcDateTime), null, CancellationToken.None)) found += part.Count;
        var time = Stopwatch.GetElapsedTime(start);
        return found == expected ? time : throw new InvalidOperationException($"{found} rows are due, not {expected}.");
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    private async Task FillAsync(int entities)
    {
        // Profile and schedule row of an account; order, list row and schedule row of each of its orders.
        var accounts = entities / (2 + (3 * OrdersOfOne));
        var table = Shop.Tables.GetTableClient(StorageNames.Accounts);
        var entries = new List<RetentionEntry>();
        for (var account = 0; account < accounts; account++)
        {
            entries.Add(new(Later(account), "account", $"account-{account}"));
            for (var i = 0; i < OrdersOfOne; i++) entries.Add(new(Later(account + i), "order-fiscal", OrderIds.IdOf($"account-{account}", $"{i}")));
        }

        await _schedule.ScheduleAllAsync(entries, CancellationToken.None);
        await Parallel.ForAsync(0, accounts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (account, _) =>
        {
            var id = $"account-{account}";
            await table.AddEntityAsync(new AccountEntity { PartitionKey = id, Email = $"{id}@example.com", Name = "Ada Lovelace", OpenedAt = Now, LastSeenDay = Now }, CancellationToken.None);
            for (var i = 0; i < OrdersOfOne; i++)
            {
                var order = OrderOf(id, $"{i}", Now.AddDays(-i), isPaid: true);
                await _orders.AddAsync(order, CancellationToken.None);
                await _history.WriteAsync(order, CancellationToken.None);
            }
        });
        Stored = accounts * (2 + (3 * OrdersOfOne));
    }

    private static DateOnly Later(int i) => DateOnly.FromDateTime(Now.UtcDateTime.AddDays(1 + (i % 700)));

    private static Order OrderOf(string accountId, string key, DateTimeOffset placedAt, bool isPaid)
    {
        var order = Samples.AwaitingPayment(OrderIds.IdOf(accountId, key), accountId);
        if (isPaid) order = Samples.Paid(order).ApplyTo(order);
        return order with
        {
            PlacedAt = placedAt,
            ExpiresAt = placedAt.AddDays(1),
            Ledger = [.. order.Ledger.Select(fact => fact with { At = placedAt })],
            Closed = isPaid ? null : new Closing(placedAt.AddDays(1), ClosingReason.Expired),
        };
    }
}
