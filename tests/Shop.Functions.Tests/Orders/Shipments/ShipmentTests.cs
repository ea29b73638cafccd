using System.Net;
using System.Text.Json.Nodes;
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
    private static readonly object One = new { sku = "UPS-LI-1500", quantity = 1 };
    private static readonly object Two = new { sku = "UPS-LI-1500", quantity = 2 };

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

        var first = await fred.ShipAsync(stage.OrderId, "a", "DPD", "15501234567890", One);
        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.TextAsync());
        (await first.JsonAsync())["number"]!.GetValue<int>().ShouldBe(1);
        first.Headers.Location!.ToString().ShouldBe($"/api/orders/{stage.OrderId}/shipments/1");
        JsonNode.DeepEquals(await fred.ReadAsync($"api/orders/{stage.OrderId}/shipments/1"), await first.JsonAsync()).ShouldBeTrue();
        JsonNode.DeepEquals(await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/shipments/1"), await first.JsonAsync()).ShouldBeTrue();
        (await StatusAsync()).ShouldBe("part_shipped");
        var again = await fred.ShipAsync(stage.OrderId, "a", "DPD", "15501234567890", One);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        await (await fred.ShipAsync(stage.OrderId, "a", "UPS")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await (await fred.ShipAsync(stage.OrderId, "b", lines: Two)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "more-than-left");
        await (await fred.ShipAsync(stage.OrderId, "b", lines: new { sku = "RACK-42U", quantity = 1 })).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not-ordered");
        (await (await fred.ShipAsync(stage.OrderId, "b", "Our own van")).JsonAsync())["number"]!.GetValue<int>().ShouldBe(2);
        (await StatusAsync()).ShouldBe("shipped");
        await (await fred.ShipAsync(stage.OrderId, "c")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "nothing-left");

        (await fred.DeliverAsync(stage.OrderId, 1)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync()).ShouldBe("shipped", "one is still on its way");
        shop.Clock.Advance(TimeSpan.FromHours(1));
        var arrived = shop.Clock.GetUtcNow();
        var delivered = await (await fred.DeliverAsync(stage.OrderId, 2, arrived)).TextAsync();
        (await (await fred.DeliverAsync(stage.OrderId, 2, arrived)).TextAsync()).ShouldBe(delivered, "it arrived when it arrived");
        (await (await fred.CarryAsync(stage.OrderId, 2, "in_transit", arrived.AddMinutes(-20), "late", "Köln")).JsonAsync())["status"]!.GetValue<string>().ShouldBe("delivered");
        (await StatusAsync()).ShouldBe("delivered");
        await (await fred.DeliverAsync(stage.OrderId, 3)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

        var order = await stage.Person.ReadAsync($"api/orders/{stage.OrderId}");
        order["fulfilment"]!["shipments"]![0]!["trackingNumber"]!.GetValue<string>().ShouldBe("15501234567890");
        var kinds = (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
        kinds.Skip(3).ShouldBe(["shipped", "shipped", "delivered", "in_transit", "delivered"]);
        JsonNode.DeepEquals(await fred.ReadAsync($"api/orders/{stage.OrderId}/tracking"), await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/tracking")).ShouldBeTrue();
        var grace = shop.As("grace@example.com", "Shop.Finance");
        foreach (var path in new[] { "", "/tracking", "/shipments/1", "/shipments/2" })
        {
            var seen = (await grace.ReadAsync($"api/orders/{stage.OrderId}{path}")).ToJsonString();
            (seen.Contains("15501234567890"), seen.Contains("Köln"), seen.Contains("delivered")).ShouldBe((false, false, true), "who decides about money needs to know that it has arrived, and not the way to where somebody lives");
        }

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
        await (await ada.CallAsync("PATCH", $"api/orders/{order}/shipments/1", Call.Json("""{"carrier":"UPS"}"""), ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await ada.CallAsync("DELETE", $"api/orders/{order}/shipments/1")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await ada.DeliverAsync(order, 1)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        var fred = shop.As("fred@example.com", "Shop.Fulfilment");
        await (await fred.ShipAsync(OrderIds.IdOf("nobody", "nothing"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await fred.ShipAsync("nonsense")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await fred.CallAsync("POST", $"api/orders/{order}/shipments", Call.Json("""{"carrier":"DPD"}"""))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-missing");
        await (await fred.CallAsync("PATCH", $"api/orders/{order}/shipments/1", Call.Json("""{"carrier":"UPS"}"""))).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");
        var (close, grace) = ($"api/orders/{order}/remainder/close", shop.As("grace@example.com", "Shop.Finance"));
        foreach (var other in new[] { ada, fred }) await (await other.CallAsync("POST", close, null, ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await grace.CallAsync("POST", close)).ShouldBeProblemAsync((HttpStatusCode)428, "precondition-missing");
        await (await grace.CallAsync("POST", close, null, ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "nothing-has-left");
        foreach (var number in new[] { "0", "-1", "x", "99999999999999999999" })
        {
            await (await fred.CallAsync("GET", $"api/orders/{order}/shipments/{number}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
            await (await fred.CallAsync("DELETE", $"api/orders/{order}/shipments/{number}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
            await (await fred.CallAsync("PATCH", $"api/orders/{order}/shipments/{number}", Call.Json("""{"carrier":"UPS"}"""), ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
            await (await fred.CallAsync("POST", $"api/orders/{order}/shipments/{number}/events", Call.Json("""{"eventId":"1","kind":"delivered","at":"2026-11-29T12:00:00Z"}""")))
                .ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task A_parcel_is_corrected_or_taken_back_until_its_carrier_has_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var stage = new Stage(shop, shop.As("ada@example.com"));
        await stage.CheckOutAsync();
        await shop.Stripe.PayAsync(stage.SessionId, PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        var fred = shop.As("fred@example.com", "Shop.Fulfilment");
        var path = $"api/orders/{stage.OrderId}/shipments/1";

        var noted = await fred.ShipAsync(stage.OrderId, "a", "DPD", "1550", Two);
        var corrected = await fred.CallAsync("PATCH", path, Call.Json("""{"carrier":"UPS","trackingNumber":null,"lines":[{"sku":"UPS-LI-1500","quantity":1}]}"""), ("If-Match", noted.Tag()));
        (await corrected.JsonAsync())["lines"]!.ToJsonString().ShouldBe("""[{"sku":"UPS-LI-1500","quantity":1}]""");
        await (await fred.CallAsync("PATCH", path, Call.Json("""{"carrier":"DHL"}"""), ("If-Match", noted.Tag()))).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        await (await fred.CallAsync("PATCH", path, Call.Json("""{"lines":[{"sku":"UPS-LI-1500","quantity":3}]}"""), ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "more-than-left");
        (await fred.ShipAsync(stage.OrderId, "a", "DPD", "1550", Two)).Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"], "it is the same request, whatever was corrected since");

        (await fred.ShipAsync(stage.OrderId, "b")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await fred.CarryAsync(stage.OrderId, 2, "collected", shop.Clock.GetUtcNow());
        await (await fred.CallAsync("DELETE", $"api/orders/{stage.OrderId}/shipments/2")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-collected");
        await (await fred.CallAsync("PATCH", $"api/orders/{stage.OrderId}/shipments/2", Call.Json("""{"carrier":"UPS"}"""), ("If-Match", "*"))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already-collected");

        foreach (var _ in Enumerable.Range(0, 2)) (await fred.CallAsync("DELETE", path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await fred.CallAsync("GET", path)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await fred.CarryAsync(stage.OrderId, 1, "collected", shop.Clock.GetUtcNow())).ShouldBeProblemAsync(HttpStatusCode.Conflict, "shipment-taken-back");
        await (await fred.ShipAsync(stage.OrderId, "a", "DPD", "1550", Two)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "shipment-voided");
        (await (await fred.ShipAsync(stage.OrderId, "c")).JsonAsync())["number"]!.GetValue<int>().ShouldBe(3, "numbers are not used again");
        var kinds = (await stage.Person.ReadAsync($"api/orders/{stage.OrderId}/tracking"))["events"]!.AsArray().Select(step => step!["kind"]!.GetValue<string>());
        kinds.Count(kind => kind == "shipped").ShouldBe(2, "what was taken back has not left");
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Thirty_at_once_send_exactly_what_was_ordered()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var order = await ada.OrderAsync(body: new { lines = new[] { new { sku = "UPS-LI-1500", quantity = 7 } }, deliveryAddress = Api.Address });
        await new OrderStore(shop.Tables()).ChangeAsync(
            order, current => current.With(Capture(amount: current.Gross)), TestContext.Current.CancellationToken);
        var fred = shop.As("fred@example.com", "Shop.Fulfilment");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(async worker =>
        {
            // As a client does: with the same key until there is an answer.
            for (var tries = 0; ; tries++)
            {
                var response = await fred.ShipAsync(order, $"worker-{worker}", lines: One);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || tries == 20) return response.StatusCode;
            }
        }));

        outcomes.Count(status => status == HttpStatusCode.Created).ShouldBe(7);
        outcomes.Count(status => status == HttpStatusCode.Conflict).ShouldBe(23);
        var stored = await shop.OrderAsync(order);
        stored.Shipments.Select(shipment => shipment.Number).ShouldBe(Enumerable.Range(1, 7));
        FulfilmentProgress.Of(stored).Left.ShouldBe([0]);
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
