using System.Net;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Catalogue.Stock;

/// <summary>How many there are, as staff say it and as customers see it.</summary>
public sealed class StockTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Staff_adjust_what_is_there_once_a_key_and_customers_see_only_whether_there_is_any()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (anyone, fred) = (shop.Anonymous(), shop.As("fred@example.com", "Shop.Fulfilment"));
        await (await fred.AdjustAsync(1, "received", "k")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await shop.StockAsync(0);
        var none = await anyone.CallAsync("GET", $"api/products/{Counted.Sku}");
        (await none.JsonAsync())["availability"]!.GetValue<string>().ShouldBe("out_of_stock");

        var received = await fred.AdjustAsync(3, "received", "k-1");
        (await received.TextAsync()).ShouldBe("""{"sku":"GEN-5K","onHand":3,"reserved":0,"available":3}""");
        (await fred.AdjustAsync(3, "received", "k-1")).Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await (await fred.AdjustAsync(4, "received", "k-1")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await (await fred.AdjustAsync(-4, "lost", "k-2")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "stock-impossible");
        await (await fred.AdjustAsync(0, "because", "k-3")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (await fred.AdjustAsync(-1, "damaged", "k-4")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await shop.LevelAsync()).ShouldBe((2, 0));
        (await fred.ReadAsync("api/stock"))["items"]!.ToJsonString().ShouldBe("""[{"sku":"GEN-5K","name":"A generator","onHand":2,"reserved":0,"available":2}]""");
        await (await shop.As("olga@example.com", "Shop.Operator").CallAsync("GET", "api/stock")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");

        shop.Clock.Advance(TimeSpan.FromSeconds(61));
        var some = await anyone.GetAsync($"api/products/{Counted.Sku}", none.Tag());
        (await some.JsonAsync())["availability"]!.GetValue<string>().ShouldBe("in_stock");
        (await anyone.ReadAsync("api/products/BOOK-POWER"))["availability"]!.GetValue<string>().ShouldBe("in_stock");
    }

    [Fact]
    public async Task Lost_races_are_run_again_and_a_late_word_of_an_earlier_state_counts_no_more()
    {
        var tables = await NewTableAsync();
        var stock = new StockStore(tables, new(TimeProvider.System, new Random(1)));
        var stop = TestContext.Current.CancellationToken;
        await stock.AdjustAsync("A", "k", 5, "received", TimeProvider.System.GetUtcNow(), stop);
        var tries = await Task.WhenAll(Enumerable.Range(0, 9).Select(i => stock.ReserveAsync("A", $"order{i}", 1, stop)));
        (tries.Count(got => got), (await stock.FindAsync("A", stop))!).ShouldBe((5, new StockLevel(5, 5)));

        var order = $"order{Array.IndexOf(tries, true)}";
        (await stock.ReserveAsync("A", order, 1, stop)).ShouldBeTrue("the same order again");
        await stock.FollowAsync("A", order, new(0, 1, Version: 3, IsOver: false), stop);
        await stock.FollowAsync("A", order, new(1, 0, Version: 2, IsOver: false), stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(4, 4));
        await stock.FollowAsync("A", order, new(1, 0, Version: 4, IsOver: false), stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(5, 5));
        for (var twice = 0; twice < 2; twice++) await stock.FollowAsync("A", order, null, stop);
        await stock.FollowAsync("A", order, new(1, 0, Version: 9, IsOver: false), stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(5, 4), "what was given back is not taken again by somebody late");
    }

    [Fact]
    public async Task A_stored_order_keeps_what_it_asks_for_whoever_gives_back_what_was_reserved_under_its_key()
    {
        var stock = new StockStore(await NewTableAsync());
        var stop = TestContext.Current.CancellationToken;
        await stock.AdjustAsync("A", "k", 4, "received", TimeProvider.System.GetUtcNow(), stop);
        (await stock.ReserveAsync("A", "order", 3, stop)).ShouldBeTrue();
        (await stock.ReserveAsync("A", "order", 1, stop)).ShouldBeTrue("another body under the same key");
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(4, 3), "it takes nothing away");
        (await stock.ConfirmAsync("A", "order", 3, stop)).ShouldBe(StockConfirmation.Kept);
        await stock.ReleaseAsync("A", "order", stop);
        (await stock.ConfirmAsync("A", "order", 3, stop)).ShouldBe(StockConfirmation.Kept);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(4, 3));

        (await stock.ReserveAsync("A", "second", 1, stop)).ShouldBeTrue();
        await stock.ReleaseAsync("A", "second", stop);
        (await stock.ConfirmAsync("A", "second", 1, stop)).ShouldBe(StockConfirmation.Renewed);
        (await stock.ConfirmAsync("A", "third", 1, stop)).ShouldBe(StockConfirmation.Gone);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(4, 4));

        // What was freed is sold meanwhile, and then is to be sent after all.
        (await stock.FollowAsync("A", "order", new(0, 0, Version: 2, IsOver: false), stop)).ShouldBe(0);
        (await stock.ReserveAsync("A", "fourth", 2, stop)).ShouldBeTrue();
        (await stock.FollowAsync("A", "order", new(3, 0, Version: 3, IsOver: false), stop)).ShouldBe(2);
        (await stock.FollowAsync("A", "order", new(3, 0, Version: 2, IsOver: false), stop)).ShouldBe(0, "of an earlier state");
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(4, 4), "nothing is sold twice");
    }

    [Fact]
    public async Task What_comes_is_counted_also_where_more_has_left_than_there_was()
    {
        var stock = new StockStore(await NewTableAsync());
        var (now, stop) = (TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        await stock.AdjustAsync("A", "k-1", 3, "received", now, stop);
        (await stock.ReserveAsync("A", "order", 3, stop)).ShouldBeTrue();
        // The warehouse takes for lost what is in the parcel that it is about to send.
        await stock.AdjustAsync("A", "k-2", -3, "lost", now, stop);
        await stock.FollowAsync("A", "order", new(0, 3, Version: 2, IsOver: false), stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(-3, 0));

        (await stock.AdjustAsync("A", "k-3", 1, "received", now, stop)).ShouldBe(new(new(-2, 0), StockAdjustmentOutcome.Done));
        (await stock.RestockAsync("A", "parcel", 1, now, stop)).ShouldBe(new(new(-1, 0), StockAdjustmentOutcome.Done));
        (await stock.AdjustAsync("A", "k-4", -1, "lost", now, stop)).Outcome.ShouldBe(StockAdjustmentOutcome.Impossible);
    }

    private async Task<Azure.Data.Tables.TableServiceClient> NewTableAsync()
    {
        var tables = new Azure.Data.Tables.TableServiceClient(emulator.NewAccount());
        await tables.CreateTableAsync("stock", TestContext.Current.CancellationToken);
        return tables;
    }
}
