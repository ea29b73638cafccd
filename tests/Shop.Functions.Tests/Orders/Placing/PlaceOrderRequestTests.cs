using Shop.Functions.Catalogue;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Placing;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tests.Orders.Placing;

public sealed class PlaceOrderRequestTests
{
    private static readonly ProductList Products = new(
        [
            new("CABLE", "Cable", "cables", "", 333, "GBP", VatClass.Standard),
            new("BOOK", "Book", "books", "", 1_999, "GBP", VatClass.Zero),
            new("EURO", "Priced in euro", "other", "", 100, "EUR", VatClass.Standard),
            new("SCARCE", "Scarce", "other", "", 100, "GBP", VatClass.Standard) { MostPerOrder = 2 },
            new("DEAR", "Dear", "other", "", long.MaxValue / 5_000, "GBP", VatClass.Standard),
        ]);

    private static readonly DeliveryAddress London = new() { Name = "Ada Lovelace", Line1 = "12 St James's Square", City = "London", Postcode = "SW1Y 4JH", Country = "GB" };

    [Fact]
    public void Vat_is_taken_per_line_rounded_half_up_and_adds_up()
    {
        var order = Price(new("CABLE", 3), new("BOOK", 2));
        order.Lines[0].ShouldBe(new OrderLine("CABLE", "Cable", 3, 333, 2_000, 999, 200, 1_199));
        order.Lines[1].ShouldBe(new OrderLine("BOOK", "Book", 2, 1_999, 0, 3_998, 0, 3_998));
        (order.Net, order.Vat, order.Gross).ShouldBe((4_997, 200, 5_197));
    }

    [Fact]
    public void An_unknown_product_is_refused_by_its_line() =>
        Refusal(new("CABLE", 1), new("NOPE", 1)).Errors!.Keys.ShouldBe(["lines[1].sku"]);

    [Fact]
    public void Of_what_is_scarce_an_order_can_have_only_so_many()
    {
        Price(new("CABLE", 3), new("SCARCE", 2)).Lines[1].Quantity.ShouldBe(2);
        var refusal = Refusal(new("CABLE", 3), new("SCARCE", 3));
        (refusal.Type, refusal.Errors!.Single().Key).ShouldBe(("too-many-of-product", "lines[1].quantity"));
    }

    [Fact]
    public void Two_currencies_in_one_order_are_refused() => Refusal(new("CABLE", 1), new("EURO", 1)).Type.ShouldBe("mixed-currencies");

    [Fact]
    public void A_total_beyond_what_can_be_counted_is_refused() => Refusal(new PlaceOrderRequest.Line("DEAR", 10_000)).Type.ShouldBe("too-much");

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var request = new PlaceOrderRequest([new("CABLE", 0), new("CABLE", 1), new("", 1)], London with { Name = " ", Line1 = "12\u2028Hello", Country = "uk", Line2 = new string('x', 201) }, "PO\n1");
        (request with { BillingAddress = new() { Name = "", Line1 = "1", City = "Leeds", Postcode = "LS1 1AA", Country = "GB" } }).Validate()!.Errors!.Keys.Order(StringComparer.Ordinal).ShouldBe(
            ["billingAddress.name", "deliveryAddress.country", "deliveryAddress.line1", "deliveryAddress.line2", "deliveryAddress.name", "lines[0].quantity", "lines[1].sku", "lines[2].sku", "purchaseOrderNumber"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void An_order_has_between_one_and_a_hundred_lines(int lines) =>
        new PlaceOrderRequest([.. Enumerable.Range(0, lines).Select(i => new PlaceOrderRequest.Line($"SKU-{i}", 1))], London).Validate()!.Errors!.Keys.ShouldBe(["lines"]);

    [Fact]
    public void The_hash_tells_another_order_from_the_same_one()
    {
        var request = new PlaceOrderRequest([new("CABLE", 1)], London);
        new PlaceOrderRequest([new("CABLE", 1)], London with { }).Hash().ShouldBe(request.Hash());
        new PlaceOrderRequest([new("CABLE", 2)], London).Hash().ShouldNotBe(request.Hash());
        (request with { BillingAddress = new() { Name = "Engines Ltd", Line1 = "1", City = "Leeds", Postcode = "LS1 1AA", Country = "GB" } }).Hash().ShouldNotBe(request.Hash());
        new PlaceOrderRequest([new("CABLE", 1)], London with { City = "Leeds" }).Hash().ShouldNotBe(request.Hash());
    }

    private static Order Price(params PlaceOrderRequest.Line[] lines) => Priced(lines).Order.ShouldNotBeNull();

    private static Problem Refusal(params PlaceOrderRequest.Line[] lines) => Priced(lines).Problem.ShouldNotBeNull();

    private static (Order? Order, Problem? Problem) Priced(PlaceOrderRequest.Line[] lines) =>
        new PlaceOrderRequest([.. lines], London).Price(new(Products, new(), new()), "ada", OrderIds.IdOf("ada", "k"), SampleOrders.Noon, SampleOrders.Noon.AddDays(1));
}
