using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using Shop.Local.Stripe;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Shipments;

/// <summary>Parcels leave when the money is right, and arrive.</summary>
public sealed class ShipmentTests(StorageEmulator emulator)
{
    [Fact]
    public async Task Parcels_leave_and_arrive_and_the_customer_follows_them()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        var fred = shop.As("fred@example.com", "Shop.Fulfilment");
        var unpaid = await (await fred.ShipAsync(stage.OrderId)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "not-ready");
        unpaid["detail"]!.GetValue<string>().ShouldContain("Awaiting");
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();

        var first = await fred.ShipAsync(stage.OrderId, "a", "DPD", "15501234567890");
        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.TextAsync());
        (await first.JsonAsync())["number"]!.GetValue<int>().ShouldBe(1);
        var again = await fred.ShipAsync(stage.OrderId, "a", "DPD", "15501234567890");
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await (await fred.ShipAsync(stage.OrderId, "a", "UPS")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await (await fred.ShipAsync(stage.OrderId, "b", "Our own van")).JsonAsync())["number"]!.GetValue<int>().ShouldBe(2);
        (await StatusAsync()).ShouldBe("shipped");

        (await fred.DeliverAsync(stage.OrderId, 1)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync()).ShouldBe("shipped", "one is still on its way");
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var delivered = await (await fred.DeliverAsync(stage.OrderId, 2)).TextAsync();
        shop.Clock.Advance(TimeSpan.FromHours(1));
        (await (await fred.DeliverAsync(stage.OrderId, 2)).TextAsync()).ShouldBe(delivered, "it arrived when it arrived");
        (await StatusAsync()).ShouldBe("delivered");
        await (await fred.DeliverAsync(stage.OrderId, 3)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

        var order = await stage.Person.ReadAsync($"api/orders/{stage.OrderId}");
        order["fulfilment"]!["shipments"]![0]!["trackingNumber"]!.GetValue<string>().ShouldBe("15501234567890");
        var kinds = (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
        kinds.Skip(3).ShouldBe(["shipped", "shipped", "delivered", "delivered"]);
        (await stage.Person.ReadAsync("api/orders"))["items"]![0]!["fulfilment"]!["status"]!.GetValue<string>().ShouldBe("delivered");
        await shop.ShouldHoldAsync();

        async Task<string> StatusAsync() => (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}"))["fulfilment"]!["status"]!.GetValue<string>();
    }

    [Fact]
    public async Task Only_fulfilment_ships_and_only_what_there_is()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync();
        await (await ada.ShipAsync(order)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await ada.DeliverAsync(order, 1)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        var fred = shop.As("fred@example.com", "Shop.Fulfilment");
        await (await fred.ShipAsync(OrderIds.IdOf("nobody", "nothing"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await fred.ShipAsync("nonsense")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await fred.CallAsync("POST", $"api/orders/{order}/shipments", Call.Json("""{"carrier":"DPD"}"""))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-missing");
        foreach (var number in new[] { "0", "-1", "x", "99999999999999999999" })
            await (await fred.CallAsync("POST", $"api/orders/{order}/shipments/{number}/delivered")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public void An_order_has_fifty_parcels_at_most_and_they_fit_into_it()
    {
        var order = Unpaid.With(Capture());
        for (var i = 1; i <= Order.MostShipments; i++)
            order = order.With(new Shipment(i, new string('k', 16), new string('é', 50), new string('9', 50), Noon)).WithDelivered(i, Noon);
        Should.Throw<OrderLimitException>(() => order.With(Parcel(51)));
        OrderEntity.Of(order).ToOrder().Shipments.ShouldBe(order.Shipments);
    }

    [Fact]
    public void The_most_promises_and_decisions_fit_into_an_order()
    {
        var (long200, order) = (new string('é', 200), Unpaid.With(Capture()));
        for (var i = 1; i <= Order.MostRefundPromises; i++) order = order.With(new RefundPromise(new string('r', 16), 1, "GBP", false, RefundReasons.NotReceived, new string('o', 36), Noon, long200));
        for (var i = 1; i <= Order.MostResolutions; i++)
            order = order.With(new ReviewResolution(
                ReviewChoice.Accept, ReviewReasons.AgreedWithCustomer, new string('o', 36), Noon, [new(MoneyCase.Reversed, $"capture:stripe:pi_{new string('x', 24)}", "12000 sent back")], long200));
        Should.Throw<OrderLimitException>(() => order.With(Request()));
        Should.Throw<OrderLimitException>(() => order.Resolved(ReviewChoice.Accept));
        var read = OrderEntity.Of(order).ToOrder();
        read.RefundPromises.ShouldBe(order.RefundPromises);
        read.Resolutions[^1].Concerns.ShouldBe(order.Resolutions[^1].Concerns);
    }
}
