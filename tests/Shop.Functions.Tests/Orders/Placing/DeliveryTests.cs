using System.Net;
using System.Net.Http.Json;
using Shop.Functions.Catalogue;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Placing;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform.Http;
using Shop.Functions.Tests.FrontDoor;

namespace Shop.Functions.Tests.Orders.Placing;

/// <summary>What an order costs, by where it goes and what it weighs.</summary>
public sealed class DeliveryTests(OneShop one) : IClassFixture<OneShop>
{
    private static readonly PriceList Prices = new(
        new([new("CABLE", "Cable", "", "", 900, "GBP", VatClass.Standard, 400), new("BOOK", "Book", "", "", 100, "GBP", VatClass.Zero, 600)]),
        new() { OneStopShop = { ["DE"] = new() { Standard = 19, Reduced = 7, Zero = 7 } } },
        new()
        {
            Zones =
            [
                new() { Countries = "GB", Classes = [new() { UpToGrams = 1_000, Net = 0 }, new() { UpToGrams = 5_000, Net = 999 }] },
                new() { Countries = "DE US", Classes = [new() { Net = 2_501 }] },
                new() { Countries = "FR", Currency = "EUR", Classes = [new() { UpToGrams = 1_000, Net = 0 }, new() { Net = 1_000 }] },
            ],
        });

    [Theory]
    [InlineData("GB", 1, 1, 1_000, 180, new long[0])]
    [InlineData("GB", 2, 1, 1_900 + 999, 360 + 189, new long[] { 946, 53 })]
    [InlineData("DE", 1, 1, 1_000 + 2_501, 171 + 7 + 428 + 18, new long[] { 2_250, 251 })]
    [InlineData("US", 1, 1, 1_000 + 2_501, 0, new long[] { 2_501 })]
    [InlineData("FR", 1, 1, 1_000, 0, new long[0])]
    public void Delivery_follows_zone_and_weight_and_bears_the_tax_of_the_goods(string country, int cables, int books, long net, long vat, long[] delivery)
    {
        var order = Priced(country, new("CABLE", cables), new("BOOK", books)).Order!;
        (order.Net, order.Vat, order.Gross).ShouldBe((net, vat, net + vat));
        order.Lines.Where(line => line.IsDelivery).Select(line => line.Net).ShouldBe(delivery);
        (order.Lines.Sum(line => line.Net), order.Lines.Sum(line => line.Vat), order.Lines.Sum(line => line.Gross)).ShouldBe((net, vat, net + vat));
    }

    [Theory]
    [InlineData("GB", 20, "too-heavy")]
    [InlineData("IT", 1, "not-delivered")]
    [InlineData("FR", 20, "not-delivered")]
    public void What_cannot_be_brought_there_is_refused(string country, int cables, string type) =>
        Priced(country, new PlaceOrderRequest.Line("CABLE", cables)).Problem!.Type.ShouldBe(type);

    [Fact]
    public void Delivery_is_in_no_parcel_and_goes_back_once_all_goods_have()
    {
        var order = Priced("GB", new PlaceOrderRequest.Line("CABLE", 4)).Order!;
        FulfilmentProgress.Of(order).Left.ShouldBe([4, 0]);
        ShipmentItem.LinesOf(order, FulfilmentProgress.Of(order), [new("delivery", 1)]).Problem!.Type.ShouldBe("not-ordered");
        var sent = order with { Shipments = [new(1, "key", "DPD", null, order.PlacedAt) { Lines = [new(0, 4)] }] };
        FulfilmentProgress.Of(sent).IsAllSent.ShouldBeTrue();
        var paid = sent.With(SampleOrders.Capture(amount: order.Gross));
        RefundOffer.Of(paid, Functions.Orders.Settlements.Settlement.Of(paid)).ShouldBeNull();
        var back = paid.With(new ShipmentEvent(1, "event", ShipmentStatus.Returned, order.PlacedAt, null));
        RefundOffer.Of(back, Functions.Orders.Settlements.Settlement.Of(back))!.Amount.ShouldBe(new(order.Gross, "GBP"));
        OrderEntity.Of(back).ToOrder().Lines.ShouldBe(back.Lines);
        OrderEntity.Of(back).Lines.ShouldNotContain("isDelivery", Case.Insensitive, "an instance that does not know it loses nothing");
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        Prices.Delivery.Validate(new(Prices.Delivery)).ShouldBeEmpty();
        var wrong = new DeliveryOptions
        {
            Zones =
            [
                new() { Countries = "GB UK", Classes = [new() { Net = 1 }, new() { UpToGrams = 5, Net = -1 }] },
                new() { Countries = "GB", Currency = "XXX" },
            ],
        };
        wrong.Validate(new(wrong)).Select(result => result.ErrorMessage!.Split(' ', ':')[0]).ShouldBe(
        [
            "Delivery__Zones__0__Countries", "Delivery__Zones__0__Classes__1__Net", "Delivery__Zones__0__Classes__1__UpToGrams",
            "Delivery__Zones__1__Countries", "Delivery__Zones__1__Currency", "Delivery__Zones__1__Classes__0__Net",
        ]);
        new DeliveryOptions().ZoneOf("GB")!.Classes.Single().Net.ShouldBe(0);
        new DeliveryOptions().ZoneOf("FR").ShouldBeNull();
    }

    [Fact]
    public async Task A_quote_is_what_the_order_costs_then_at_both_providers_and_keeps_nothing()
    {
        var shop = one.Shop;
        var ada = await shop.Customer("berlin@example.com");
        var address = new { name = "Ada Lovelace", line1 = "Unter den Linden 1", city = "Berlin", postcode = "10117", country = "DE" };
        var body = new { lines = new[] { new { sku = "SENS-TH-01", quantity = 3 }, new { sku = "BOOK-POWER", quantity = 1 } }, deliveryAddress = address };
        await shop.Anonymous().ReadAsync("api/products");
        shop.Calls.Reset();
        var quote = await (await ada.PostAsJsonAsync("api/orders/quote", body, TestContext.Current.CancellationToken)).JsonAsync();
        shop.Calls.Calls.ShouldBeEmpty();
        quote["lines"]!.AsArray().Count(line => line!["isDelivery"]?.GetValue<bool>() == true).ShouldBe(2);

        var order = await ada.OrderAsync("to-berlin", body);
        var placed = await ada.ReadAsync($"api/orders/{order}");
        foreach (var name in new[] { "lines", "net", "vat", "gross" }) placed[name]!.ToJsonString().ShouldBe(quote[name]!.ToJsonString(), name);
        await ada.CheckoutAsync(order);
        await ada.PayPalCheckoutAsync(order);
    }

    [Fact]
    public async Task An_order_to_where_the_shop_does_not_deliver_is_refused_before_anything_is_stored()
    {
        var shop = one.Shop;
        var ada = await shop.Customer("kyoto@example.com");
        var body = new { lines = new[] { new { sku = "BOOK-POWER", quantity = 1 } }, deliveryAddress = new { name = "Ada", line1 = "1 Gion", city = "Kyoto", postcode = "605-0073", country = "JP" } };
        shop.Calls.Reset();
        var refused = await (await ada.SendAsync(Api.PlaceOrder("to-kyoto", body), TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not-delivered");
        refused["errors"]!.AsObject().Single().Key.ShouldBe("deliveryAddress.country");
        await (await ada.PostAsJsonAsync("api/orders/quote", body, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "not-delivered");
        shop.Calls.Writes.ShouldBeEmpty();
    }

    private static (Order? Order, Problem? Problem) Priced(string country, params PlaceOrderRequest.Line[] lines) =>
        new PlaceOrderRequest([.. lines], new DeliveryAddress { Name = "Ada", Line1 = "1", City = "A", Postcode = "1", Country = country })
            .Price(Prices, "ada", OrderIds.IdOf("ada", "k"), SampleOrders.Noon, SampleOrders.Noon.AddDays(1));
}
