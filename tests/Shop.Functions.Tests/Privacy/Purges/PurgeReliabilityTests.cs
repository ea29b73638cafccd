using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Privacy.Purges;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>A purge may end at any call, run twice at once, or meet a customer: what is due goes, and nothing else does.</summary>
public sealed class PurgeReliabilityTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_at_any_call_is_made_up_for_by_the_next_run()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var (wanted, calls, points, deleted) = await RunAsync(shop, 0, null);
        calls.Count.ShouldBeGreaterThan(25);
        deleted.ShouldBe(4);
        foreach (var (index, point) in PartOfToday.Of(points))
        {
            var (picture, _, _, found) = await RunAsync(shop, index + 1, point);
            var what = $"crash {point.Moment} call {point.Call} of {calls.Count}: {calls[point.Call - 1]}";
            picture.ShouldBe(wanted, what);
            // What the crash kept from being counted is found gone; nothing is counted twice.
            found.ShouldBeInRange(0, deleted, what);
        }

        // What a bank took of an order that ended with its account is credited, also where that was to be said when it crashed.
        await shop.Host.DrainQueuesAsync(Stop);
        var ended = (await shop.OrdersAsync()).Where(order => order.Closed is not null).ToList();
        ended.Count.ShouldBe(PartOfToday.Of(points).Count() + 1);
        ended.ShouldAllBe(order => order.Documents.Length == 2);

        // The look makes good what a crash has left of the stock; where there is no order any more, the first one is put off.
        foreach (var minutes in new[] { 2, 6 })
        {
            shop.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await shop.LookAtDueAsync();
        }

        var orders = await shop.OrdersAsync();
        (await StockBooks.BrokenAsync(shop, orders)).ShouldBeEmpty("what was kept for orders that are gone, or go nowhere any more, is there for others, once");
        // An order that still waits to be sent keeps its own.
        orders.Count(order => StockClaims.Of(order).Values.Any(claim => claim.Reserved > 0)).ShouldBe(orders.Count / 3);
    }

    [Fact]
    public async Task Two_purges_at_once_do_everything_once()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop, "-998");
        await FillAsync(stage);
        await Task.WhenAll(stage.PurgeAsync(), stage.PurgeAsync(), stage.PurgeAsync());
        await ShouldBeDoneOnceAsync(stage);
    }

    [Theory]
    [InlineData("/orders(")]
    [InlineData("/accounts(")]
    [InlineData("/purges")]
    [InlineData("/retention")]
    public async Task A_purge_that_is_overtaken_by_another_at_a_write_does_no_harm(string write)
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop, "-998");
        await FillAsync(stage);
        var gate = shop.Calls.Hold(request => IsWrite(request, write));
        var first = stage.PurgeAsync();
        await gate.ArrivedAsync();
        await stage.PurgeAsync();
        gate.Open();
        await first;
        await ShouldBeDoneOnceAsync(stage);
    }

    [Fact]
    public async Task An_account_that_two_purges_delete_together_is_counted_once()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        await stage.PaidAsync("paid", 800);
        // The first write takes the order's address; at the second one the profile is gone already, and its other rows are not.
        var writes = 0;
        var gate = shop.Calls.Hold(request => IsWrite(request, "/orders(") && Interlocked.Increment(ref writes) == 2);
        var first = stage.PurgeAsync();
        await gate.ArrivedAsync();
        await stage.PurgeAsync();
        gate.Open();
        await first;
        var reports = (await stage.PurgesAsync())["items"]!.AsArray();
        reports.SelectMany(report => PurgeStage.Counts(report!)).Where(count => count.StartsWith("account delete", StringComparison.Ordinal)).ShouldBe(["account delete 1"]);
        reports.SelectMany(report => PurgeStage.Counts(report!)).Where(count => count.StartsWith("order-restricted", StringComparison.Ordinal)).ShouldBe(["order-restricted restrict 1"]);
    }

    [Fact]
    public async Task A_payment_that_comes_while_its_order_is_deleted_keeps_the_order_and_its_place_in_the_list()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        var ada = await shop.Customer();
        var accountId = (await ada.ReadAsync("api/account"))["id"]!.GetValue<string>();
        var order = await stage.UnpaidAsync("late", 40, accountId);
        var gate = shop.Calls.Hold(request => IsWrite(request, "/orders("));
        var purge = stage.PurgeAsync();
        await gate.ArrivedAsync();
        await new OrderStore(shop.Tables()).ChangeAsync(
            order.Id, current => current.With(new LedgerEntry(FactKind.Capture, "stripe", "pi_late", null, current.Gross, "GBP", FactStatus.Completed, stage.Now)), Stop);
        gate.Open();
        await purge;
        (await ada.ReadAsync($"api/orders/{order.Id}"))["id"]!.GetValue<string>().ShouldBe(order.Id);
        (await ada.ReadAsync("api/orders"))["items"]!.AsArray().ShouldHaveSingleItem();
        // Money came for an order that has ended, so it is not over.
        (await stage.ScheduledAsync()).ShouldContain(row => row.EndsWith(order.Id, StringComparison.Ordinal));
        (await stage.CountsAsync()).ShouldNotContain("unpaid-order delete 1");
    }

    [Fact]
    public async Task Somebody_who_comes_back_while_the_account_is_deleted_keeps_it()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        await shop.Customer();
        shop.Clock.Advance(TimeSpan.FromDays(800));
        var gate = shop.Calls.Hold(request => IsWrite(request, "/accounts("));
        var purge = stage.PurgeAsync();
        await gate.ArrivedAsync();
        await shop.As("ada@example.com").ReadAsync("api/account");
        gate.Open();
        await purge;
        await shop.As("ada@example.com").ReadAsync("api/account");
        (await stage.CountsAsync()).ShouldBe(["account refile 1"]);
    }

    /// <summary>As after one run that nothing disturbed.</summary>
    private static async Task ShouldBeDoneOnceAsync(PurgeStage stage)
    {
        var (wanted, _, _, deleted) = await RunAsync(stage.Shop, 999, null);
        (await stage.PictureAsync()).ShouldBe(wanted);
        (await DeletedAsync(stage)).ShouldBe(2 * deleted);
        (await stage.PurgesAsync())["verified"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static bool IsWrite(HttpRequestMessage request, string to) => request.Method != HttpMethod.Get
        && (request.RequestUri!.AbsolutePath.Contains(to, StringComparison.Ordinal) || Body(request).Contains(to, StringComparison.Ordinal));

    /// <summary>What a transaction is about stands in its body.</summary>
    private static string Body(HttpRequestMessage request) => request.Content?.ReadAsStringAsync(Stop).GetAwaiter().GetResult() ?? "";

    private static async Task<(string Picture, IReadOnlyList<string> Calls, IReadOnlyList<(int Call, FaultMoment Moment)> Points, int Deleted)> RunAsync(
        RunningShop shop, int run, (int, FaultMoment)? plan)
    {
        var stage = new PurgeStage(shop, $"-{run:000}") { IsCounted = true };
        await FillAsync(stage);
        var before = await DeletedAsync(stage);
        shop.Calls.Reset();
        shop.Calls.Plan = plan;
        try
        {
            await stage.PurgeAsync();
        }
        catch (Exception) when (plan is not null)
        {
            // The timer function failed; the next night comes.
        }

        var (calls, points) = (shop.Calls.Calls, shop.Calls.CrashPoints);
        shop.Calls.Failed.ShouldBe(plan is not null);
        shop.Calls.Reset();
        shop.Calls.Restart();
        if (plan is not null) await stage.PurgeAsync();
        (await stage.PurgesAsync())["verified"]!.GetValue<bool>().ShouldBeTrue();
        return (await stage.PictureAsync(), calls, points, await DeletedAsync(stage) - before);
    }

    private static async Task<int> DeletedAsync(PurgeStage stage) => (await stage.ReportsAsync())
        .SelectMany(report => report.Counts).Where(count => count.Action == PurgeAction.Delete).Sum(count => count.Count);

    private static async Task FillAsync(PurgeStage stage)
    {
        await stage.AccountAsync("ada", 900);
        await stage.PaidAsync("paid-old", 890, "ada");
        // Of a day of its own: things of one day share a partition of the schedule in some runs and not in others, and each costs calls.
        var lost = await stage.PaidAsync("lost", 870, "ada");
        await new OrderStore(stage.Shop.Tables()).ChangeAsync(lost.Id, order => order.Issued().With(PurgeStage.Dispute("lost", FactStatus.Lost, order.PlacedAt)), Stop);
        await stage.UnpaidAsync("unpaid", 45, "bob");
        await stage.PaidAsync("paid-new", 31, "bob");
    }
}
