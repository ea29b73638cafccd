using System.Net.Http.Json;
using Shop.Functions.Orders;
using Shop.Functions.Tests.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;
using Shop.Local.Stripe;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Use cases with items that are counted; the invariants hold the stock against the orders after each.</summary>
internal static class CountedUseCases
{
    public static async Task StockedAsync(Stage stage)
    {
        await stage.Shop.StockAsync(10);
        await stage.OpenAccountAndBrowseAsync();
    }

    public static async Task PlacedAsync(Stage stage)
    {
        await StockedAsync(stage);
        stage.OrderId = await stage.Person.OrderAsync("key-1", Counted.Order(2));
    }

    public static async Task PaidAsync(Stage stage)
    {
        await PlacedAsync(stage);
        await stage.Shop.Stripe.PayAsync(await stage.Person.CheckoutAsync(stage.OrderId), PaymentOutcome.Succeeds);
        await stage.Shop.SettleAsync();
    }

    /// <summary>Whoever gets no answer goes elsewhere: nobody but the timer cleans up.</summary>
    public static async Task PlaceOnceAsync(Stage stage)
    {
        await stage.Person.SendAsync(Api.PlaceOrder("key-1", Counted.Order(2)), TestContext.Current.CancellationToken);
        stage.Shop.Calls.Restart();
    }

    public static async Task CancelAsync(Stage stage)
    {
        await stage.Person.CancelAsync(stage.OrderId);
        stage.Shop.Calls.Restart();
    }

    public static async Task ShipAndTakeBackAsync(Stage stage)
    {
        var fred = stage.Shop.As("fred@example.com", "Shop.Fulfilment");
        await stage.RepeatAsync(() => fred.ShipAsync(stage.OrderId, lines: new { sku = Counted.Sku, quantity = 1 }));
        await fred.CallAsync("DELETE", $"api/orders/{stage.OrderId}/shipments/1");
        stage.Shop.Calls.Restart();
    }

    public static async Task CameBackAsync(Stage stage)
    {
        await PaidAsync(stage);
        var fred = stage.Shop.As("fred@example.com", "Shop.Fulfilment");
        (await fred.ShipAsync(stage.OrderId)).EnsureSuccessStatusCode();
        (await fred.CarryAsync(stage.OrderId, 1, "returned", stage.Shop.Clock.GetUtcNow())).EnsureSuccessStatusCode();
        await stage.Shop.SettleAsync();
    }

    public static Task RestockAsync(Stage stage) => stage.RepeatAsync(() => stage.Shop.As("fred@example.com", "Shop.Fulfilment").CallAsync(
        "PUT", $"api/orders/{stage.OrderId}/shipments/1/restock", JsonContent.Create(new { lines = new[] { new { sku = Counted.Sku, quantity = 1 } } })));

    /// <summary>Each run has brought ten, sent two and put one back.</summary>
    public static async Task VerifyRestockedAsync(Stage stage)
    {
        var orders = await stage.Shop.OrdersAsync();
        (await stage.Shop.LevelAsync()).ShouldBe((9 * orders.Count, 0));
    }

    /// <summary>A day and more later, the timer comes until it has a run of its own; where the process ended in one, the row waits for an hour.</summary>
    public static async Task ExpireAsync(Stage stage)
    {
        stage.Shop.Clock.Advance(TimeSpan.FromHours(25));
        await SweepOnceAsync(stage);
        stage.Shop.Calls.Restart();
    }

    public static async Task VerifyExpiredAsync(Stage stage)
    {
        stage.Shop.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync(stage);
        (await stage.Shop.OrderAsync(stage.OrderId)).Closed!.Reason.ShouldBe(ClosingReason.Expired);
    }

    /// <summary>Twice: where there is no order yet, the first look is put off.</summary>
    public static async Task SweepAsync(Stage stage)
    {
        foreach (var minutes in new[] { 16, 6 })
        {
            stage.Shop.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await SweepOnceAsync(stage);
        }
    }

    private static async Task SweepOnceAsync(Stage stage)
    {
        try
        {
            await stage.Shop.Host.InvokeAsync("SweepOrders", null, TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception.ToString().Contains(nameof(CrashException), StringComparison.Ordinal))
        {
            stage.Shop.Calls.Restart();
        }

        await stage.Shop.SettleAsync();
    }
}
