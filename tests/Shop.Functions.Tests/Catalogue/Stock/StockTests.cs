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
        await stock.FollowAsync("A", order, new(0, 1, Version: 3, IsOver: false), isNew: true, stop);
        await stock.FollowAsync("A", order, new(1, 0, Version: 2, IsOver: false), isNew: true, stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(4, 4));
        await stock.FollowAsync("A", order, new(1, 0, Version: 4, IsOver: false), isNew: true, stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(5, 5));
        for (var twice = 0; twice < 2; twice++) await stock.FollowAsync("A", order, null, isNew: false, stop);
        await stock.FollowAsync("A", order, new(1, 0, Version: 9, IsOver: false), isNew: true, stop);
        (await stock.FindAsync("A", stop)).ShouldBe(new StockLevel(5, 4), "what was given back is not taken again by somebody late");
    }

    private async Task<Azure.Data.Tables.TableServiceClient> NewTableAsync()
    {
        var tables = new Azure.Data.Tables.TableServiceClient(emulator.NewAccount());
        await tables.CreateTableAsync("stock", TestContext.Current.CancellationToken);
        return tables;
    }
}
