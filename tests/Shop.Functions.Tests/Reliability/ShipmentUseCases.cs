using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Reliability;

/// <summary>A parcel that staff send, and one that its carrier tells of.</summary>
internal static class ShipmentUseCases
{
    public static async Task ShipAndCarryAsync(Stage stage)
    {
        var fred = stage.Shop.As("fred@example.com", "Shop.Fulfilment");
        var at = stage.Shop.Clock.GetUtcNow();
        await stage.RepeatAsync(() => fred.ShipAsync(stage.OrderId, lines: new { sku = "UPS-LI-1500", quantity = 1 }));
        await stage.RepeatAsync(() => fred.CarryAsync(stage.OrderId, 1, "collected", at));
    }

    public static async Task PartSentAsync(Stage stage)
    {
        await UseCase.PaidAndKnown(stage);
        await stage.Shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId, lines: new { sku = "UPS-LI-1500", quantity = 1 });
        // The looks that the parcel's mail is filed for are over.
        foreach (var minutes in new[] { 2, 6 }) await stage.Shop.PassAsync(minutes);
    }

    /// <summary>Whoever gets no answer asks no second time: nobody but the timer cleans up.</summary>
    public static async Task TakeBackOnceAsync(Stage stage)
    {
        await stage.Shop.As("fred@example.com", "Shop.Fulfilment").CallAsync("DELETE", $"api/orders/{stage.OrderId}/shipments/1");
        stage.Shop.Calls.Restart();
    }

    public static async Task CarriedAwayAsync(Stage stage)
    {
        await UseCase.PaidAndKnown(stage);
        await stage.Shop.As("fred@example.com", "Shop.Fulfilment").ShipAsync(stage.OrderId);
        await stage.Shop.Carrier.TellAsync(ParcelReference.Of(stage.OrderId, 1), "delivered");
    }

    public static async Task VerifyCarriedAsync(Stage stage)
    {
        (await stage.Shop.OrderAsync(stage.OrderId)).ShipmentEvents.ShouldHaveSingleItem().Kind.ShouldBe(ShipmentStatus.Delivered);
        (await stage.Person.ReadAsync("api/orders"))["items"]![0]!["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("delivered");
    }

    public static async Task VerifyShippedAsync(Stage stage)
    {
        var order = await stage.Shop.OrderAsync(stage.OrderId);
        order.Shipments.ShouldHaveSingleItem();
        order.ShipmentEvents.ShouldHaveSingleItem();
        (await stage.Person.ReadAsync("api/orders"))["items"]![0]!["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("part_shipped");
    }
}
