using System.Net;
using Shop.Functions.Orders;
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
        (await fred.AdjustAsync(2, "returned", "back")).EnsureSuccessStatusCode();

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

    [Fact]
    public async Task An_order_costs_four_calls_more_for_each_item_that_is_counted_and_none_for_others()
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
        shop.Calls.Calls.Count.ShouldBe(14, string.Join('\n', shop.Calls.Calls));
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
