using System.Net;
using Azure.Data.Tables;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;

namespace Shop.Functions.Tests.Platform.RateLimiting;

/// <summary>What is limited, as whoever does it too often is told.</summary>
public sealed class RateLimitedUseTests(StorageEmulator emulator)
{
    private static readonly Dictionary<string, string?> Few = new() { ["Orders:PlacedAnHour"] = "10", ["Orders:PaymentsAnHour"] = "6" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_places_so_many_orders_an_hour_whichever_instance_it_meets()
    {
        await using var shop = await RunningShop.StartAsync(emulator, Few);
        await using var other = await RunningShop.StartAsync(emulator, Few, shop.StorageConnectionString);
        // Both in the middle of the same hour: at its end counts begin again.
        var halfPast = NextHalfHour(shop);
        foreach (var clock in new[] { shop.Clock, other.Clock }) clock.Advance(halfPast - clock.GetUtcNow());
        var ada = await shop.Customer();
        for (var i = 0; i < 10; i++) await ada.OrderAsync($"key-{i}");
        var before = (await shop.OrdersAsync()).Count;
        await TooManyAsync(await ada.SendAsync(Api.PlaceOrder("another"), Stop));
        (await shop.OrdersAsync()).Count.ShouldBe(before);
        await ada.OrderAsync("key-0");

        // The other instance counts a tenth for itself, then sees that there have been enough.
        var there = other.As("ada@example.com");
        await there.OrderAsync("there");
        await TooManyAsync(await there.SendAsync(Api.PlaceOrder("there-too"), Stop));
        await (await other.Customer("grace@example.com")).OrderAsync("hers");
        foreach (var one in new[] { shop, other }) one.Clock.Advance(TimeSpan.FromHours(1));
        await ada.OrderAsync("another");
    }

    [Fact]
    public async Task An_account_asks_a_provider_so_often_an_hour_and_the_rest_costs_neither_storage_nor_the_provider_anything()
    {
        await using var shop = await RunningShop.StartAsync(emulator, Few);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        for (var i = 0; i < 5; i++) await ada.CheckoutAsync(order);
        (await ada.ConfirmAsync(order, "stripe")).StatusCode.ShouldBe(HttpStatusCode.OK);
        shop.Calls.Reset();
        await TooManyAsync(await ada.StartPaymentAsync(order));
        await TooManyAsync(await ada.ConfirmAsync(order, "stripe"));
        shop.Calls.Calls.Count.ShouldBe(2, "whose order it is, each time");
    }

    [Fact]
    public async Task A_person_takes_so_many_copies_a_day()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        for (var i = 0; i < 10; i++) (await ada.GetAsync("api/account/export", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await TooManyAsync(await ada.GetAsync("api/account/export", Stop));
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.RateCounts))).ShouldHaveSingleItem().RowKey.ShouldMatch("^[0-9a-f]{32}$");
    }

    private static DateTimeOffset NextHalfHour(RunningShop shop) =>
        DateTimeOffset.FromUnixTimeSeconds((shop.Clock.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600) + 5400);

    private static async Task TooManyAsync(HttpResponseMessage answer)
    {
        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many");
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }
}
