using System.Net;
using Shop.Functions.Tests.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Two requests under one key that ask for different things, while the first is about to store its order.</summary>
public sealed class CountedAtOnceTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Of_two_bodies_under_one_key_the_one_that_is_stored_has_what_it_asks_for()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.StockAsync(3);
        await shop.StockAsync(0, "GEN-9K");
        HttpResponseMessage? first = null;

        await shop.RaceAsync(
            Race.IsPostTo("/orders"),
            async () => first = await ada.SendAsync(Api.PlaceOrder("key-1", Counted.Order(3)), TestContext.Current.CancellationToken),
            async () => await (await ada.SendAsync(Api.PlaceOrder("key-1", Counted.Order(1, Counted.Sku, "GEN-9K")), TestContext.Current.CancellationToken))
                .ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock"));
        first!.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await shop.LevelAsync()).ShouldBe((3, 3));
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_order_whose_items_were_given_back_and_sold_before_it_was_stored_is_closed()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.StockAsync(3);
        await shop.StockAsync(0, "GEN-9K");
        HttpResponseMessage? first = null;

        await shop.RaceAsync(
            Race.IsPostTo("/orders"),
            async () => first = await ada.SendAsync(Api.PlaceOrder("key-1", Counted.Order(3)), TestContext.Current.CancellationToken),
            async () =>
            {
                await ada.SendAsync(Api.PlaceOrder("key-1", Counted.Order(1, Counted.Sku, "GEN-9K")), TestContext.Current.CancellationToken);
                await ada.OrderAsync("key-2", Counted.Order(2));
            });
        await first!.ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        var again = await ada.SendAsync(Api.PlaceOrder("key-1", Counted.Order(3)), TestContext.Current.CancellationToken);
        var closed = (await shop.OrdersAsync()).Single(order => order.Closed is not null);
        (await again.ShouldBeProblemAsync(HttpStatusCode.Conflict, "order-sold-out"))["detail"]!.GetValue<string>().ShouldBe(closed.Number);
        (await ada.ReadAsync($"api/orders/{closed.Id}/tracking"))["events"]!.AsArray()[^1]!["text"]!.GetValue<string>().ShouldContain("not there any more");
        (await shop.OrdersAsync()).Count(order => order.Closed is null).ShouldBe(1);
        (await shop.LevelAsync()).ShouldBe((3, 2));
    }
}
