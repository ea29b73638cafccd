using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Accounts;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Purges;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>A shop whose storage is filled past its front door, with things of any age, as the shop itself would have left them.</summary>
/// <param name="Run">Ends the accounts' ids, so that several stages share one shop.</param>
internal sealed record PurgeStage(RunningShop Shop, string Run = "")
{
    private readonly Dictionary<string, string> _keys = [];

    /// <summary>Whether what is ordered is counted: then it is kept for each order, also for one that has ended, as a crash may leave it.</summary>
    public bool IsCounted { get; init; }

    /// <summary>
    /// A shop whose clock has gone on to the next noon. Purges go by days, and storage stamps what it takes with the machine's time: around
    /// midnight a day would end between the two, or within a test.
    /// </summary>
    public static async Task<RunningShop> ShopAtNoonAsync(StorageEmulator emulator, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var shop = await RunningShop.StartAsync(emulator, settings);
        var (now, noon) = (shop.Clock.GetUtcNow(), new DateTimeOffset(shop.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddHours(12));
        shop.Clock.Advance((now < noon ? noon : noon.AddDays(1)) - now);
        return shop;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public DateTimeOffset Now => Shop.Clock.GetUtcNow();

    public HttpClient Staff => Shop.As("staff@example.com", "Shop.Privacy");

    private TableClient Accounts => Shop.Tables().GetTableClient(StorageNames.Accounts);

    private RetentionSchedule Schedule => new(Shop.Tables());

    /// <summary>An order that was given up after a day, scheduled for 30 days after it was placed.</summary>
    public async Task<Order> UnpaidAsync(string key, int daysAgo, string accountId = "ada") => await StoreAsync(key, Sample(key, daysAgo, accountId) with
    {
        Closed = new Closing(Now.AddDays(1 - daysAgo), ClosingReason.Expired),
    });

    /// <summary>An order that was paid on the day it was placed, and scheduled as if nobody knew that yet.</summary>
    public async Task<Order> PaidAsync(string key, int daysAgo, string accountId = "ada", params ImmutableArray<LedgerEntry> facts)
    {
        var paid = Sample(key, daysAgo, accountId);
        paid = paid.With(new LedgerEntry(FactKind.Capture, "stripe", $"pi_{key}", null, paid.Gross, "GBP", FactStatus.Completed, paid.PlacedAt));
        return await StoreAsync(key, facts.Aggregate(paid, (order, fact) => order.With(fact)));
    }

    public static LedgerEntry Dispute(string key, FactStatus status, DateTimeOffset at) =>
        new(FactKind.Dispute, "stripe", $"dp_{key}", $"capture:stripe:pi_{key}", SampleOrders.Gross, "GBP", status, at);

    /// <summary>An account with one address and one consent, last used then.</summary>
    public async Task AccountAsync(string accountId, int daysAgo)
    {
        accountId += Run;
        var day = new RetentionPeriods().DayOf(Now.AddDays(-daysAgo));
        var seen = AccountEntity.Midnight(day);
        var due = day.AddMonths(24);
        await Schedule.ScheduleAsync(due, "account", accountId, Stop);
        await Accounts.AddEntityAsync(
            new AccountEntity { PartitionKey = accountId, Email = $"{accountId}@example.com", Name = "Ada", OpenedAt = seen, LastSeenDay = seen, RetentionPartition = RetentionSchedule.PartitionOf(due, accountId) },
            Stop);
        await Accounts.AddEntityAsync(ErasureState.Free(accountId), Stop);
        await Accounts.AddEntityAsync(new AddressEntity { PartitionKey = accountId, RowKey = "address-1", Name = "Ada", AddedAt = seen }, Stop);
        await Accounts.AddEntityAsync(
            new ConsentEntity { PartitionKey = accountId, RowKey = ConsentEntity.RowKeyOf("marketing", seen), Purpose = "marketing", Given = true, At = seen }, Stop);
    }

    public Task PurgeAsync() => Shop.Host.InvokeAsync("PurgeExpiredData", null, Stop);

    public Task<JsonNode> PreviewAsync(string query = "") => Staff.ReadAsync($"api/privacy/purge-preview{query}");

    public Task<JsonNode> PurgesAsync() => Staff.ReadAsync("api/privacy/purges");

    /// <summary>The counts of the newest report: <c>unpaid-order delete 2</c>. That staff looked at it is on record too, and not counted here.</summary>
    public async Task<string[]> CountsAsync() => Counts((await PurgesAsync())["items"]![0]!);

    public static string[] Counts(JsonNode holder) =>
        [.. holder["counts"]!.AsArray().Where(count => count!["rule"]!.GetValue<string>() != StaffActionEntity.Rule).Select(count => $"{count!["rule"]} {count["action"]} {count["count"]}")];

    /// <summary>Every order by its key, with what is left of it.</summary>
    public async Task<Dictionary<string, Order>> OrdersAsync() => (await Shop.OrdersAsync()).ToDictionary(order => order.Id);

    /// <summary>What is in a partition of <c>accounts</c>.</summary>
    public async Task<string[]> AccountRowsAsync(string accountId) =>
        [.. (await Backstage.RowsAsync<TableEntity>(Accounts)).Where(row => row.PartitionKey == accountId).Select(row => row.RowKey)];

    /// <summary>The schedule: <c>20261220 unpaid-order~key</c>.</summary>
    public async Task<string[]> ScheduledAsync() =>
        [.. (await Backstage.RowsAsync<TableEntity>(Shop.Tables().GetTableClient(StorageNames.Retention)))
            .Where(row => !row.RowKey.StartsWith("purge-report~", StringComparison.Ordinal) && !row.RowKey.StartsWith(StaffActionEntity.Rule + "~", StringComparison.Ordinal)).Select(row => $"{row.PartitionKey[..8]} {row.RowKey}").Order(StringComparer.Ordinal)];

    private async Task<Order> StoreAsync(string key, Order order)
    {
        await Schedule.ScheduleAsync(new RetentionPeriods().DayOf(order.PlacedAt).AddDays(30), "unpaid-order", order.Id, Stop);
        _keys[order.Id] = key;
        var stored = (await new OrderStore(Shop.Tables()).AddAsync(order, Stop)).ShouldNotBeNull();
        await new OrderIndex(Shop.Tables()).WriteAsync(stored, Stop);
        var stock = new StockStore(Shop.Tables());
        foreach (var line in stored.Lines.Where(line => line.IsCounted))
        {
            await stock.AdjustAsync(line.Sku, order.Id, line.Quantity, "received", Now, Stop);
            (await stock.ReserveAsync(line.Sku, order.Id, line.Quantity, Stop)).ShouldBeTrue();
            await stock.ConfirmAsync(line.Sku, order.Id, line.Quantity, Stop);
        }

        return stored;
    }

    private Order Sample(string key, int daysAgo, string accountId)
    {
        accountId += Run;
        var id = OrderIds.IdOf(accountId, key);
        var at = Now.AddDays(-daysAgo);
        return SampleOrders.Unpaid with { Id = id, AccountId = accountId, Number = OrderIds.NumberOf(id), PlacedAt = at, ExpiresAt = at.AddDays(1), Journal = [new(at, JournalKinds.Placed)], Lines = [.. SampleOrders.Unpaid.Lines.Select(line => line with { IsCounted = IsCounted })] };
    }

    /// <summary>What is left of what this stage stored, in words that are the same for every run.</summary>
    public async Task<string> PictureAsync()
    {
        var orders = (await Shop.OrdersAsync()).Where(order => _keys.ContainsKey(order.Id))
            .Select(order => $"order {_keys[order.Id]}: {Named(order.AccountId)}, {order.DeliveryAddress is not null}, {order.DeliveryCountry}, {order.Closed?.Reason}");
        var rows = (await Backstage.RowsAsync<TableEntity>(Accounts)).Where(row => row.PartitionKey.EndsWith(Run, StringComparison.Ordinal))
            .Select(row => $"account {Named(row.PartitionKey)}: {(row.RowKey.StartsWith("order-", StringComparison.Ordinal) ? _keys[row.RowKey[^26..]] : row.RowKey)}");
        var schedule = (await ScheduledAsync()).Select(row => row.Split('~')).Where(row => _keys.ContainsKey(row[1]) || row[1].EndsWith(Run, StringComparison.Ordinal))
            .Select(row => $"schedule {row[0]} {_keys.GetValueOrDefault(row[1]) ?? Named(row[1])}");
        return string.Join('\n', orders.Concat(rows).Concat(schedule).Order(StringComparer.Ordinal));
    }

    private string Named(string text) => Run.Length > 0 && text.EndsWith(Run, StringComparison.Ordinal) ? text[..^Run.Length] : text;

    public async Task<List<PurgeReport>> ReportsAsync() => [.. (await new PurgeLog(Shop.Tables()).ReportsAsync(Stop)).Select(report => report.Report.ShouldNotBeNull())];
}
