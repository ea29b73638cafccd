using System.Net;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Shipments;

/// <summary>Whoever packs sees what is paid and not held, and nothing else.</summary>
public sealed class FulfilmentListTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_to_be_sent_is_listed_oldest_first_until_it_has_left_or_is_held()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var fred = shop.As("fred@example.com", "Shop.Fulfilment");
        var orders = new List<string>();
        foreach (var key in new[] { "a", "b", "c", "unpaid" })
        {
            orders.Add(await ada.OrderAsync(key));
            shop.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        // They are paid in another order than they were placed in.
        foreach (var order in orders.Take(3).Reverse()) await ChangeAsync(order, current => current.With(Capture($"pi_{order}", amount: current.Gross)));
        (await ListAsync()).ShouldBe(orders[..3]);
        var first = await fred.ReadAsync("api/fulfilment/orders?limit=2");
        first["items"]!.AsArray().Count.ShouldBe(2);
        var rest = await fred.ReadAsync($"api/fulfilment/orders?limit=2&continuation={first["continuation"]}");
        rest["items"]!.AsArray().ShouldHaveSingleItem()!["orderId"]!.GetValue<string>().ShouldBe(orders[2]);
        rest["continuation"].ShouldBeNull();

        await ChangeAsync(orders[1], current => current.With(Dispute(FactStatus.Open, $"pi_{orders[1]}", current.Gross)));
        await fred.ShipAsync(orders[0], lines: new { sku = "UPS-LI-1500", quantity = 1 });
        (await ListAsync()).ShouldBe([orders[0], orders[2]], "a part has left, and another is disputed");
        await fred.ShipAsync(orders[0], "rest");
        (await shop.As("grace@example.com", "Shop.Finance").CancelAsync(orders[2], new { reason = "out_of_stock" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListAsync()).ShouldBeEmpty();

        await ChangeAsync(orders[1], current => current.With(Dispute(FactStatus.Won, $"pi_{orders[1]}", current.Gross, minute: 9)));
        await fred.CallAsync("DELETE", $"api/orders/{orders[0]}/shipments/1");
        (await ListAsync()).ShouldBe(orders[..2], "the dispute is won, and a parcel was taken back");

        // One that was paid before there was a list, and one whose row a crash has left.
        var rows = shop.Tables().GetTableClient(StorageNames.Fulfilment);
        foreach (var row in await Backstage.RowsAsync<FulfilmentRow>(rows)) await rows.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Stop);
        await shop.SendLookAsync(orders[0]);
        await shop.Host.DrainQueuesAsync(Stop);
        (await ListAsync()).ShouldBe([orders[0]], "a look puts right what it finds");
        await new FulfilmentList(shop.Tables()).AddAsync((await new OrderStore(shop.Tables()).FindAsync(orders[2], Stop)).ShouldNotBeNull(), Stop);
        var olga = shop.As("olga@example.com", "Shop.Operator");
        await ChangeAsync(orders[0], current => current.With(new ShipmentEvent(2, "back", ShipmentStatus.Returned, shop.Clock.GetUtcNow())));
        var sum = new Dictionary<string, int>();
        for (string? next = ""; next is not null;)
        {
            var done = await (await olga.CallAsync("POST", $"api/operations/fulfilment/rebuild?limit=3{next}")).JsonAsync();
            foreach (var name in new[] { "orders", "added", "uninvoiced", "returned" }) sum[name] = sum.GetValueOrDefault(name) + done[name]!.GetValue<int>();
            next = done["continuation"] is { } on ? $"&continuation={on}" : null;
        }

        (sum["orders"], sum["added"], sum["returned"], sum["uninvoiced"]).ShouldBe((4, 1, 1, await UninvoicedAsync()));
        sum["uninvoiced"].ShouldBeGreaterThan(0);
        await shop.Host.DrainQueuesAsync(Stop);
        (await UninvoicedAsync()).ShouldBe(0, "they are looked at");
        (await shop.As("grace@example.com", "Shop.Finance").ReadAsync("api/reviews"))["items"]!.AsArray().ShouldHaveSingleItem()!["reason"]!.GetValue<string>().ShouldBe("refund_offered");
        (await ListAsync()).ShouldBe(orders[..2], "an operator puts right all of it");

        var listed = (await fred.ReadAsync("api/fulfilment/orders"))["items"]![0]!;
        var number = listed["number"]!.GetValue<string>().Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();
        (await fred.ReadAsync($"api/orders/numbers/{number}"))["id"]!.GetValue<string>().ShouldBe(orders[0]);
        await (await fred.CallAsync("GET", "api/orders/numbers/0000-0000-0000")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await fred.CallAsync("GET", "api/orders/numbers/nonsense")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await ada.CallAsync("GET", $"api/orders/numbers/{number}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await ada.CallAsync("GET", "api/fulfilment/orders")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        await (await fred.CallAsync("GET", "api/fulfilment/orders?continuation=eA")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");

        async Task<int> UninvoicedAsync() => (await shop.OrdersAsync()).Count(Functions.Orders.Invoices.DueDocuments.AnyOf);

        async Task<List<string>> ListAsync() => [.. (await fred.ReadAsync("api/fulfilment/orders"))["items"]!.AsArray().Select(order => order!["orderId"]!.GetValue<string>())];

        Task<Order?> ChangeAsync(string order, Func<Order, Order> change) => new OrderStore(shop.Tables()).ChangeAsync(order, change, Stop);
    }

    [Fact]
    public async Task Pages_go_on_within_a_minute_and_within_a_partition()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var list = new FulfilmentList(shop.Tables());
        // Two share a partition, another has been placed in the same minute, and the last in the next with the least id.
        (string Id, int Minute)[] placed = [("b" + new string('1', 25), 0), ("b" + new string('2', 25), 0), ("c" + new string('0', 25), 0), ("a" + new string('0', 25), 1)];
        foreach (var (id, minute) in placed) await list.AddAsync(Unpaid with { Id = id, PlacedAt = Noon.AddMinutes(minute) }, Stop);
        var seen = new List<string>();
        for (var (after, more) = ((string?)null, true); more; more = after is not null)
        {
            (var rows, after) = await list.PageAsync(1, after, Stop);
            seen.AddRange(rows.Select(row => row.RowKey));
        }

        seen.ShouldBe(placed.Select(order => order.Id));
    }

    [Fact]
    public async Task Whoever_is_late_takes_nothing_off_the_list_that_a_later_state_has_put_there()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var list = new FulfilmentList(shop.Tables());
        var held = Unpaid.With(Capture(), Dispute(FactStatus.Open));
        await list.AddAsync(held.With(Dispute(FactStatus.Won, minute: 9)), Stop);
        await list.RemoveUnlessDueAsync(held, Stop);
        (await list.PageAsync(10, null, Stop)).Rows.ShouldHaveSingleItem();
        await list.RemoveUnlessDueAsync(held.With(Dispute(FactStatus.Won, minute: 9), Refund(minute: 10)), Stop);
        (await list.PageAsync(10, null, Stop)).Rows.ShouldBeEmpty();

        var store = new OrderStore(shop.Tables());
        var seen = (await store.AddAsync(Unpaid.With(Capture()), Stop)).ShouldNotBeNull();
        await store.RelistAsync(seen, Stop);
        await store.RenewTagAsync(seen.Id, Stop);
        (await store.DeleteAsync(seen, Stop)).ShouldBeFalse();
        (await list.PageAsync(10, null, Stop)).Rows.ShouldHaveSingleItem("whoever saw the order as it was has not deleted it");
        (await store.DeleteAsync((await store.FindAsync(seen.Id, Stop)).ShouldNotBeNull(), Stop)).ShouldBeTrue();
        (await list.PageAsync(10, null, Stop)).Rows.ShouldBeEmpty();
    }
}
