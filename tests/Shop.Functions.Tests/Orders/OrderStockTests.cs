using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Placing;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Tests.Catalogue.Stock;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders;

/// <summary>Orders of items that are counted: nothing is sold twice, and nothing stays spoken for that nobody gets.</summary>
public sealed class OrderStockTests(StorageEmulator emulator)
{
    private static readonly Order Wanted = Unpaid with { Lines = [Unpaid.Lines[0] with { Quantity = 3, IsCounted = true }, Unpaid.Lines[0] with { Sku = "BOOK" }] };

    [Fact]
    public async Task As_many_orders_are_placed_as_there_are_items_however_many_come_at_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.StockAsync(3);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ada.SendAsync(Api.PlaceOrder($"key-{i}", Counted.Order(1)), TestContext.Current.CancellationToken)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(3);
        var refused = await answers.First(answer => answer.StatusCode != HttpStatusCode.Created).ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        refused["detail"]!.GetValue<string>().ShouldBe(Counted.Sku);
        refused["errors"]!.AsObject().Single().Key.ShouldBe("lines[0].sku");
        (await shop.LevelAsync()).ShouldBe((3, 3));
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task An_order_gets_all_it_asks_for_or_nothing_is_kept_for_it()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.StockAsync(5);
        await shop.StockAsync(1, "GEN-9K");
        await (await ada.SendAsync(Api.PlaceOrder("key-1", Counted.Order(2, Counted.Sku, "GEN-9K")), TestContext.Current.CancellationToken))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        (await shop.LevelAsync(), await shop.LevelAsync("GEN-9K")).ShouldBe(((5, 0), (1, 0)));
        // The key is still free, and asks for less now.
        await ada.OrderAsync("key-1", Counted.Order(1, Counted.Sku, "GEN-9K"));
        (await shop.LevelAsync(), await shop.LevelAsync("GEN-9K")).ShouldBe(((5, 1), (1, 1)));
        await shop.ShouldHoldAsync();
    }

    [Fact]
    public async Task Parcels_take_from_the_shelf_those_taken_back_put_there_and_the_end_of_an_order_frees_the_rest()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, fred) = (await shop.Customer(), shop.As("fred@example.com", "Shop.Fulfilment"));
        await shop.StockAsync(5);
        var order = await ada.OrderAsync("key-1", Counted.Order(2));
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        (await fred.ShipAsync(order, "a", lines: new { sku = Counted.Sku, quantity = 1 })).EnsureSuccessStatusCode();
        (await shop.LevelAsync()).ShouldBe((4, 1));
        (await fred.CallAsync("DELETE", $"api/orders/{order}/shipments/1")).EnsureSuccessStatusCode();
        (await shop.LevelAsync()).ShouldBe((5, 2));
        (await fred.ShipAsync(order, "b")).EnsureSuccessStatusCode();
        (await shop.LevelAsync()).ShouldBe((3, 0));
        await fred.CarryAsync(order, 2, "collected", shop.Clock.GetUtcNow());
        await fred.CarryAsync(order, 2, "returned", shop.Clock.GetUtcNow());
        (await shop.LevelAsync()).ShouldBe((3, 0), "what came back may be broken");
        await ShouldRestockAsync(shop, fred, $"api/orders/{order}/shipments/2/restock");

        var other = await ada.OrderAsync("key-2", Counted.Order(4));
        (await shop.LevelAsync()).ShouldBe((5, 4));
        (await ada.CancelAsync(other)).EnsureSuccessStatusCode();
        (await shop.LevelAsync()).ShouldBe((5, 0));
        var unpaid = await ada.OrderAsync("key-3", Counted.Order(5));
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.LookAtAsync(unpaid);
        (await shop.LevelAsync()).ShouldBe((5, 0));
        await shop.ShouldHoldAsync();
    }

    /// <summary>Two of it were in the parcel that has come back, beside something that is not counted.</summary>
    private static async Task ShouldRestockAsync(RunningShop shop, HttpClient fred, string path)
    {
        await (await RestockAsync(3)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "more-than-returned");
        await (await RestockAsync(1, "BOOK-POWER")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not-in-parcel");
        await (await RestockAsync(1, "UPS-LI-1500")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "not-counted");
        await (await RestockAsync(-1)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        await (await fred.AdjustAsync(2, "returned", "back")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "invalid");
        (await shop.LevelAsync()).ShouldBe((3, 0));
        for (var twice = 0; twice < 2; twice++)
            (await (await RestockAsync(1)).TextAsync()).ShouldBe("""{"items":[{"sku":"GEN-5K","name":"A generator","onHand":4,"reserved":0,"available":4}]}""");
        (await RestockAsync(2)).EnsureSuccessStatusCode();
        (await RestockAsync(0)).EnsureSuccessStatusCode();
        (await shop.LevelAsync()).ShouldBe((3, 0), "it was a mistake");
        (await RestockAsync(2)).EnsureSuccessStatusCode();
        (await shop.LevelAsync()).ShouldBe((5, 0));

        Task<HttpResponseMessage> RestockAsync(int quantity, string sku = Counted.Sku) => fred.CallAsync("PUT", path, JsonContent.Create(new { lines = new[] { new { sku, quantity } } }));
    }

    [Fact]
    public async Task What_is_on_its_way_or_was_taken_back_is_not_put_back_on_the_shelf()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, fred) = (await shop.Customer(), shop.As("fred@example.com", "Shop.Fulfilment"));
        await shop.StockAsync(5);
        var order = await ada.OrderAsync("key-1", Counted.Order(2));
        var restock = JsonContent.Create(new { lines = new[] { new { sku = Counted.Sku, quantity = 1 } } });
        await (await fred.CallAsync("PUT", $"api/orders/{order}/shipments/1/restock", restock)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(order), Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        (await fred.ShipAsync(order, "a")).EnsureSuccessStatusCode();
        await (await fred.CallAsync("PUT", $"api/orders/{order}/shipments/1/restock", restock)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "not-returned");
        await (await ada.CallAsync("PUT", $"api/orders/{order}/shipments/1/restock", restock)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role-missing");
        (await fred.CallAsync("DELETE", $"api/orders/{order}/shipments/1")).EnsureSuccessStatusCode();
        await (await fred.CallAsync("PUT", $"api/orders/{order}/shipments/1/restock", restock)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await shop.LevelAsync()).ShouldBe((5, 2));
    }

    [Fact]
    public async Task An_account_keeps_no_more_unpaid_than_it_may_however_many_requests_come_at_once()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var (ada, bob) = (await shop.Customer(), await shop.Customer("bob@example.com"));
        await shop.StockAsync(50);
        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(i => ada.SendAsync(Api.PlaceOrder($"key-{i}", Counted.Order(1)), TestContext.Current.CancellationToken)));
        // Whoever loses too many races is asked to come again; nobody gets past the limit.
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBeLessThanOrEqualTo(10);
        for (var i = 0; i < 10; i++) await ada.SendAsync(Api.PlaceOrder($"key-{i}", Counted.Order(1)), TestContext.Current.CancellationToken);
        (await shop.LevelAsync()).ShouldBe((50, 10));
        await (await PlaceAsync("one-more")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "too-many-unpaid");
        (await shop.LevelAsync()).ShouldBe((50, 10));
        await ada.OrderAsync("not-counted");
        (await bob.SendAsync(Api.PlaceOrder("key", Counted.Order(1)), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created);

        // What is paid, or has ended, does not count; asking for more than there is leaves nothing behind.
        var listed = (await ada.ReadAsync("api/orders?limit=20"))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()).ToList();
        var counted = (await shop.OrdersAsync()).Where(order => listed.Contains(order.Id) && order.Lines.Any(line => line.IsCounted)).Select(order => order.Id).ToList();
        (await ada.CancelAsync(counted[0])).EnsureSuccessStatusCode();
        for (var i = 0; i < 3; i++) await (await PlaceAsync($"far-too-many-{i}", 1000)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        (await PlaceAsync("after-cancelling")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await PlaceAsync("and-another")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "too-many-unpaid");
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(counted[1]), Local.Stripe.PaymentOutcome.Succeeds);
        await shop.SettleAsync();
        (await PlaceAsync("after-paying")).StatusCode.ShouldBe(HttpStatusCode.Created);
        // Money on its way may never come: what it is for stays kept.
        await shop.Stripe.PayAsync(await ada.CheckoutAsync(counted[2]), Local.Stripe.PaymentOutcome.SucceedsLater);
        await shop.SettleAsync();
        (await ada.PaymentStatusAsync(counted[2])).ShouldBe("pending");
        await (await PlaceAsync("while-pending")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "too-many-unpaid");
        await shop.ShouldHoldAsync();

        Task<HttpResponseMessage> PlaceAsync(string key, int quantity = 1) => ada.SendAsync(Api.PlaceOrder(key, Counted.Order(quantity)), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Orders_that_never_came_to_be_are_waited_for_and_not_held_against_their_customer()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        var (account, stop) = ((await ada.ReadAsync("api/account"))["id"]!.GetValue<string>(), TestContext.Current.CancellationToken);
        var table = shop.Tables().GetTableClient("accounts");
        await shop.StockAsync(5);

        // Another request under the same key is about to place it: what this one gives back is its own.
        var now = shop.Clock.GetUtcNow();
        var other = new UnpaidReservation(OrderIds.IdOf(account, "same"), now);
        await HeldAsync([other]);
        await (await PlaceAsync("same", 1000)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        (await table.GetEntityAsync<UnpaidReservationsRow>(account, UnpaidReservationsRow.Row, cancellationToken: stop)).Value.Held().ShouldBe([other]);

        // That it cannot be given back, which takes the last two calls, changes nothing about why the order was not placed.
        shop.Calls.Reset();
        await (await PlaceAsync("same", 1000)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        var calls = shop.Calls.Calls;
        calls.TakeLast(2).ShouldAllBe(call => call.Contains("accounts", StringComparison.Ordinal) || call.EndsWith("$batch", StringComparison.Ordinal), string.Join('\n', calls));
        shop.Calls.Reset();
        shop.Calls.Plan = (calls.Count - 1, FaultMoment.Before);
        await (await PlaceAsync("same", 1000)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "out-of-stock");
        shop.Log.Entries.ShouldContain(entry => entry.Text.Contains("counts as unpaid until that lapses", StringComparison.Ordinal), string.Join('\n', shop.Calls.Calls));
        shop.Calls.Failed.ShouldBeTrue();
        shop.Calls.Reset();

        await HeldAsync([.. Enumerable.Range(0, 10).Select(i => new UnpaidReservation(OrderIds.IdOf(account, $"gone-{i}"), now))]);
        var answer = await PlaceAsync("key");
        await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromMinutes(1));
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        (await PlaceAsync("key")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await shop.ShouldHoldAsync();

        Task HeldAsync(ImmutableArray<UnpaidReservation> held) => table.UpsertEntityAsync(UnpaidReservationsRow.Of(account, held, default), TableUpdateMode.Replace, stop);
        Task<HttpResponseMessage> PlaceAsync(string key, int quantity = 1) => ada.SendAsync(Api.PlaceOrder(key, Counted.Order(quantity)), stop);
    }

    [Fact]
    public async Task An_order_costs_two_calls_more_where_it_has_items_that_are_counted_and_four_for_each_of_them()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        var ada = await shop.Customer();
        await shop.StockAsync(5);
        await shop.StockAsync(5, "GEN-9K");
        shop.Calls.Reset();
        await ada.OrderAsync("key-1");
        shop.Calls.Calls.Count.ShouldBe(6);
        shop.Calls.Reset();
        await ada.OrderAsync("key-2", Counted.Order(1, Counted.Sku, "GEN-9K"));
        shop.Calls.Calls.Count.ShouldBe(16, string.Join('\n', shop.Calls.Calls));
    }

    [Fact]
    public void What_an_order_has_of_an_item_follows_its_state()
    {
        (int, int, bool) Of(Order order) => StockClaims.Of(order)["UPS-1500"] is var claim ? (claim.Reserved, claim.Shipped, claim.IsOver) : default;
        var paid = Wanted.With(Capture());
        var sent = paid with { Shipments = [Parcel() with { Lines = [new(0, 2)] }] };
        var collected = sent.With(new ShipmentEvent(1, "e", ShipmentStatus.Collected, Noon.AddHours(1)));

        StockClaims.Of(Unpaid).ShouldBeEmpty();
        StockClaims.Of(Wanted).Keys.ShouldBe(["UPS-1500"]);
        Of(Wanted).ShouldBe((3, 0, false));
        Of(paid).ShouldBe((3, 0, false));
        Of(sent).ShouldBe((1, 2, false));
        Of(sent with { Shipments = [sent.Shipments[0] with { VoidedAt = Noon.AddHours(1) }] }).ShouldBe((3, 0, false));
        Of(collected).ShouldBe((1, 2, false));
        Of(Restriction.Restrict(collected)).ShouldBe((0, 2, true));
        Of(collected.With(Refund())).ShouldBe((0, 2, false));
        var refunded = paid.With(Refund());
        Of(refunded.With(Dispute(FactStatus.Open))).ShouldBe((0, 0, false), "the money is gone whatever is asked about it");
        Of(paid.With(Dispute(FactStatus.Open))).ShouldBe((3, 0, false));
        Of(sent with { NotSent = [new(0, 1)] }).ShouldBe((0, 2, false), "what is not sent any more is on the shelf");
        Of(Wanted.Cancel(Noon)).ShouldBe((0, 0, true));
        Of(collected with { Lines = [collected.Lines[0] with { Quantity = 2 }] }).ShouldBe((0, 2, true));
        Of(collected.Without([new(0, 1)], Noon, new("finance", "grace"))).ShouldBe((0, 2, false), "what is not sent any more has not left");
        StockClaims.Differ(Wanted, paid).ShouldBeFalse();
        StockClaims.Differ(paid, sent).ShouldBeTrue();
        StockClaims.Differ(Wanted, Wanted.Cancel(Noon)).ShouldBeTrue();
        OrderEntity.Of(Wanted).ToOrder().Lines.ShouldBe(Wanted.Lines);
    }
}
