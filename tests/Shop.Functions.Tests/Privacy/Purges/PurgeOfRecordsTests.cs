using Azure.Data.Tables;
using Azure.Storage.Queues;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.DeadLetters;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;
using Shop.Functions.Privacy.Erasures;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Privacy.Purges;

/// <summary>What else falls due than accounts and their orders: dead letters, breaches, and what is left of an erasure.</summary>
public sealed class PurgeOfRecordsTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dead_letters_go_after_thirty_days_and_younger_ones_stay_in_sight()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        var queue = shop.Queue(StorageNames.PaymentEvents + StorageNames.PoisonSuffix);
        for (var i = 0; i < 2; i++) await queue.SendMessageAsync($"{i}", Stop);
        // The host sets aside what is not Base64 just as it came, and a client that decodes could read none of them.
        var raw = new QueueClient(shop.StorageConnectionString, queue.Name);
        await raw.SendMessageAsync("no Base64!", Stop);
        await stage.PurgeAsync();
        var letters = new DeadLetterStore(shop.Tables());
        (await letters.PageAsync(null, 32, null, Stop)).Letters.Length.ShouldBe(3);

        shop.Clock.Advance(TimeSpan.FromDays(31));
        PurgeStage.Counts(await stage.PreviewAsync()).ShouldBe(["dead-letter delete 3"]);
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["dead-letter delete 3"]);
        (await letters.PageAsync(null, 32, null, Stop)).Letters.ShouldBeEmpty();
        (await raw.PeekMessagesAsync(32, Stop)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_breach_is_gone_after_six_years_with_everything_about_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        var (id, _) = await shop.OpenBreachAsync();
        var (open, _) = await shop.OpenBreachAsync();
        var store = new BreachStore(shop.Tables());
        var breach = (await store.FindAsync(id, Stop)).ShouldNotBeNull();
        (await store.AppendAsync(null, breach with { Revision = 2, ClosedAt = stage.Now }, ["ada", "bob"], Stop)).ShouldBeTrue();

        shop.Clock.Advance(TimeSpan.FromDays((6 * 365) - 10));
        await stage.PurgeAsync();
        (await store.FindAsync(id, Stop)).ShouldNotBeNull();
        shop.Clock.Advance(TimeSpan.FromDays(20));
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["breach delete 1", "breach refile 1"]);
        var rows = await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Breaches));
        rows.Where(row => row.PartitionKey == id || row.RowKey.EndsWith(id, StringComparison.Ordinal)).ShouldBeEmpty();
        (await store.FindAsync(open, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_record_of_an_erasure_is_gone_after_six_years_with_the_orders_it_lists()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        var store = new ErasureStore(shop.Tables(), new(shop.StorageConnectionString));
        await new RetentionSchedule(shop.Tables()).ScheduleAsync(new RetentionPeriods().DayOf(stage.Now).AddYears(6), "erasure-record", "reference", Stop);
        await store.RecordAsync(new() { PartitionKey = "reference", ConfirmedAt = stage.Now }, [new("order", "number", "order-fiscal", new(2040, 1, 1))], Stop);
        await stage.PurgeAsync();
        (await store.FindAsync("reference", Stop)).ShouldNotBeNull();
        shop.Clock.Advance(TimeSpan.FromDays(6 * 366));
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldContain("erasure-record delete 1");
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Erasures))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_erasure_that_was_cut_off_is_left_to_finish_by_itself()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new PurgeStage(shop);
        await stage.AccountAsync("ada", 800);
        var accounts = shop.Tables().GetTableClient(StorageNames.Accounts);
        await accounts.DeleteEntityAsync("ada", "profile", cancellationToken: Stop);
        await accounts.UpsertEntityAsync(new ErasureState { PartitionKey = "ada", Reference = "reference", ConfirmedAt = stage.Now }, TableUpdateMode.Replace, Stop);
        await stage.PurgeAsync();
        (await stage.CountsAsync()).ShouldBe(["account hold 1"]);
        (await stage.AccountRowsAsync("ada")).ShouldContain("erasure");
    }
}
