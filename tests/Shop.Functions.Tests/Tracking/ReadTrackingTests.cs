using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Tracking;

/// <summary>What has happened to an order, as its customer follows it.</summary>
public sealed class ReadTrackingTests(StorageEmulator emulator)
{
    [Fact]
    public async Task The_timeline_grows_with_the_order_and_is_sent_again_only_then()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var path = $"api/orders/{order}/tracking";
        var placed = await ada.CallAsync("GET", path);
        var tracking = await placed.JsonAsync();
        tracking["orderId"]!.GetValue<string>().ShouldBe(order);
        tracking["number"]!.GetValue<string>().ShouldBe((await ada.ReadAsync($"api/orders/{order}"))["number"]!.GetValue<string>());
        var step = tracking["events"]!.AsArray().ShouldHaveSingleItem()!;
        step["at"]!.GetValue<DateTimeOffset>().ShouldBe(shop.Clock.GetUtcNow());
        step["kind"]!.GetValue<string>().ShouldBe("placed");
        step["text"]!.GetValue<string>().ShouldBe("We have your order.");
        step["amount"]!.ToJsonString().ShouldBe("""{"amount":59760,"currency":"GBP"}""");
        await (await ada.GetAsync(path, placed.Tag())).ShouldBeUnchangedAsync(placed.Tag());

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), PaymentOutcome.Succeeds);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.SettleAsync();
        var paid = await ada.GetAsync(path, placed.Tag());
        paid.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        paid.Tag().ShouldNotBe(placed.Tag());
        var steps = (await paid.JsonAsync())["events"]!.AsArray();
        steps.Select(each => each!["kind"]!.GetValue<string>()).ShouldBe(["placed", "payment_started", "paid"]);
        var times = steps.Select(each => each!["at"]!.GetValue<DateTimeOffset>()).ToList();
        times.ShouldBe(times.Order());
    }

    [Fact]
    public async Task A_delayed_payment_is_followed_to_its_end()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        var session = await ada.CheckoutAsync(order);
        await shop.Stripe.PayAsync(session, PaymentOutcome.SucceedsLater);
        await shop.SettleAsync();
        (await KindsAsync(ada, order))[^1].ShouldBe("payment_pending");
        await shop.Stripe.SettlePaymentAsync(session);
        await shop.SettleAsync();
        (await KindsAsync(ada, order)).ShouldBe(["placed", "payment_started", "payment_pending", "paid"]);
    }

    [Fact]
    public async Task An_order_left_unpaid_ends_as_given_up()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await ada.CheckoutAsync(order);
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await shop.LookAtAsync(order);
        (await KindsAsync(ada, order)).ShouldBe(["placed", "payment_started", "payment_expired", "expired"], ignoreOrder: true);
    }

    private static async Task<List<string>> KindsAsync(HttpClient client, string order) =>
        [.. (await client.ReadAsync($"api/orders/{order}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>())];
}
