using System.Net.Http.Json;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tests.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>Of an order of which something has left, staff promise the price of the rest back and send no more; the rest is there for others again.</summary>
internal static class RemainderUseCase
{
    private static HttpClient Grace(Stage stage) => stage.Shop.As("grace@example.com", "Shop.Finance");

    public static async Task PromisedAsync(Stage stage)
    {
        await CountedUseCases.PaidAsync(stage);
        var fred = stage.Shop.As("fred@example.com", "Shop.Fulfilment");
        await fred.ShipAsync(stage.OrderId, "parcel-1", "DPD", null, new { sku = Counted.Sku, quantity = 1 }, new { sku = "UPS-LI-1500", quantity = 1 });
        await RefundRestAsync(stage);
    }

    public static async Task UncountedAsync(Stage stage)
    {
        await UseCase.PaidAndKnown(stage);
        await stage.Shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId, lines: new { sku = "UPS-LI-1500", quantity = 1 });
        // Money that names no line leaves the order on the list of what is to be sent: closing takes it off.
        var order = await stage.Shop.OrderAsync(stage.OrderId);
        var refund = new { amount = RefundOffer.BeforeClosing(order, Settlement.Of(order)).ShouldNotBeNull().Amount, reason = "other" };
        (await Grace(stage).CallAsync("POST", $"api/orders/{stage.OrderId}/refunds", JsonContent.Create(refund), ("Idempotency-Key", "rest"))).EnsureSuccessStatusCode();
        await stage.Shop.SettleAsync();
    }

    private static async Task RefundRestAsync(Stage stage)
    {
        var rest = ShipmentItem.Of(await stage.Shop.OrderAsync(stage.OrderId), FulfilmentProgress.Of(await stage.Shop.OrderAsync(stage.OrderId)).Rest()).Single();
        (await Grace(stage).RefundAsync(stage.OrderId, null, lines: rest)).EnsureSuccessStatusCode();
        await stage.Shop.SettleAsync();
    }

    /// <summary>Whoever gets no answer asks no second time: nobody but the timer cleans up.</summary>
    public static async Task CloseOnceAsync(Stage stage)
    {
        await Grace(stage).CallAsync("POST", $"api/orders/{stage.OrderId}/remainder/close", null, ("If-Match", "*"));
        stage.Shop.Calls.Restart();
    }

    public static Task CloseAsync(Stage stage) =>
        stage.RepeatAsync(() => Grace(stage).CallAsync("POST", $"api/orders/{stage.OrderId}/remainder/close", null, ("If-Match", "*")));

    public static async Task VerifyAsync(Stage stage)
    {
        await CountedUseCases.SweepAsync(stage);
        (await stage.Shop.OrderAsync(stage.OrderId)).NotSent.ShouldHaveSingleItem().Quantity.ShouldBe(1);
        var listed = (await stage.Shop.As("fred@example.com", "Shop.Fulfilment").ReadAsync("api/fulfilment/orders"))["items"]!.AsArray();
        listed.Select(item => item!["orderId"]!.GetValue<string>()).ShouldNotContain(stage.OrderId);
    }
}
