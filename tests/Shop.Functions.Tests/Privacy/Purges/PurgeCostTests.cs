using Shop.Functions.Orders;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>What a purge costs: at most three storage calls for each thing that goes, however much is stored beside it.</summary>
public sealed class PurgeCostTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_purge_costs_three_calls_for_each_order_and_the_same_however_much_is_stored()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var few = await CostAsync(shop, "few");
        for (var i = 0; i < 400; i++) await NotDueAsync(shop, i);
        var many = await CostAsync(shop, "many");
        many.ShouldBe(few);
    }

    [Fact]
    public async Task An_account_without_orders_costs_two_calls()
    {
        await using var shop = await PurgeStage.ShopAtNoonAsync(emulator);
        var stage = new PurgeStage(shop);
        var without = await CallsAsync(stage);
        for (var i = 0; i < 20; i++) await stage.AccountAsync($"account-{i}", 800);
        var calls = await CallsAsync(stage) - without;
        // Look and delete; and for each partition of the schedule: holds, note, take out, and the register of breaches, its lists and its texts.
        calls.ShouldBeInRange(40, 40 + (5 * RetentionSchedule.Shards));
        (await stage.CountsAsync()).ShouldBe(["account delete 20"]);
    }

    /// <summary>Everybody has one order: nothing can be done together.</summary>
    private static async Task<int> CostAsync(RunningShop shop, string name)
    {
        var stage = new PurgeStage(shop);
        var without = await CallsAsync(stage);
        for (var i = 0; i < 40; i++) await stage.UnpaidAsync($"{name}-unpaid-{i}", 45, $"{name}-a{i}");
        for (var i = 0; i < 20; i++) await stage.PaidAsync($"{name}-paid-{i}", 400, $"{name}-b{i}");
        var calls = await CallsAsync(stage) - without;
        (await stage.CountsAsync()).ShouldBe(["order-delivery delete 20", "unpaid-order delete 40"]);
        // 40 orders and 40 rows of their lists are deleted, and 20 orders stripped and taken off the list of what is to be sent.
        var entities = 40 + 40 + 20 + 20;
        ((double)calls / entities).ShouldBeLessThanOrEqualTo(3);
        // Look, delete and list for an unpaid order, look, take off the list and strip for a paid one; and for each partition of the schedule: holds, note, take out, and reschedule.
        var partitions = 2 * RetentionSchedule.Shards;
        calls.ShouldBeInRange((3 * 40) + (3 * 20), (3 * 40) + (3 * 20) + (3 * partitions) + RetentionSchedule.Shards);
        return calls;
    }

    private static async Task<int> CallsAsync(PurgeStage stage)
    {
        stage.Shop.Calls.Reset();
        await stage.PurgeAsync();
        return stage.Shop.Calls.Calls.Count;
    }

    private static async Task NotDueAsync(RunningShop shop, int i)
    {
        var id = OrderIds.IdOf("later", $"{i}");
        await new RetentionSchedule(shop.Tables()).ScheduleAsync(DateOnly.FromDateTime(shop.Clock.GetUtcNow().UtcDateTime).AddDays(1 + (i % 29)), "unpaid-order", id, Stop);
        await new OrderStore(shop.Tables()).AddAsync(SampleOrders.Unpaid with { Id = id, AccountId = "later" }, Stop);
    }
}
