using System.Text.Json.Nodes;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Refunds;

/// <summary>A refund may name what of an order it is for; then it is worth what these lines come to, and each is promised once.</summary>
public sealed class RefundLinesTests
{
    private static readonly Order Paid = Several.With(Capture(amount: Several.Gross));

    [Fact]
    public void Without_an_amount_it_is_what_its_lines_come_to_and_parts_of_a_line_come_to_its_price()
    {
        var (order, amounts) = (Paid, new List<long>());
        foreach (var id in new[] { "a", "b", "c" })
        {
            order = Promised(order, id, null, ("CABLE", 1));
            amounts.Add(order.RefundPromises[^1].Amount);
        }

        amounts.ShouldBe([399, 400, 400]);
        // Whichever is taken back, what is promised in its place comes to the price with the others.
        order = WithdrawalDecision.Of(order, "a", "grace", Noon).Order;
        Promised(order, "d", null, ("CABLE", 1)).RefundPromises[^1].Amount.ShouldBe(399);
        Promised(Paid, "a", null, ("UPS-1500", 1), ("BOOK", 2)).RefundPromises[^1].Amount.ShouldBe(13_000);
        Promised(Paid, "a", null, ("delivery", 1)).RefundPromises[^1].ShouldSatisfyAllConditions(
            delivery => delivery.Amount.ShouldBe(540),
            delivery => delivery.Lines!.Value.ShouldBe([new(3, 1, 480), new(4, 1, 60)]));
    }

    [Fact]
    public void A_part_of_its_price_can_be_kept_but_no_more_than_that_goes_back_for_it()
    {
        Promised(Paid, "a", new(11_000, "GBP"), ("UPS-1500", 1)).RefundPromises[^1].ShouldSatisfyAllConditions(
            promise => promise.Amount.ShouldBe(11_000),
            promise => promise.Lines!.Value.ShouldBe([new(0, 1, Gross)]));
        Refused(Paid, new(12_001, "GBP"), ("UPS-1500", 1)).ShouldBe((422, "more-than-lines", "12000 GBP in minor units."));
        Refused(Paid, new(1, "EUR"), ("UPS-1500", 1)).ShouldBe((422, "wrong-currency", "The currency of its lines is GBP."));
        Refused(Paid.With(Request(amount: 4_000)), null, ("UPS-1500", 1)).ShouldBe((409, "more-than-left", "11239 GBP in minor units."));
        Refused(Paid with { Lines = [.. Several.Lines, new("GIFT", "Gift", 1, 0, 0, 0, 0, 0)] }, null, ("GIFT", 1)).ShouldBe((422, "no-price", null));
    }

    [Fact]
    public void No_more_of_a_line_is_promised_than_was_ordered_and_nothing_else()
    {
        var order = Promised(Paid, "a", null, ("BOOK", 2));
        Refused(order, null, ("BOOK", 2)).ShouldBe((409, "more-than-left", "BOOK: 1."));
        Refused(order, null, ("UPS-1500", 1), ("RACK-42U", 1)).ShouldBe((422, "not-ordered", "A SKU is not one of the order's."));
        Refused(order, null, ("delivery", 2)).ShouldBe((409, "more-than-left", "delivery: 1."));
        Promised(WithdrawalDecision.Of(order, "a", "grace", Noon).Order, "b", null, ("BOOK", 3)).RefundPromises[^1].Amount.ShouldBe(1_500, "what was taken back can be promised again");
    }

    [Fact]
    public void The_same_lines_in_another_order_are_the_same_request_and_other_lines_are_another()
    {
        var order = Promised(Paid, "a", null, ("BOOK", 2), ("UPS-1500", 1));
        Of(order, "a", null, ("UPS-1500", 1), ("BOOK", 2)).ShouldBeOfType<RefundDecision.Replay>();
        foreach (var other in new (string, int)[][] { [("UPS-1500", 1)], [("UPS-1500", 1), ("BOOK", 1)], [("UPS-1500", 1), ("CABLE", 2)], [("RACK-42U", 1)] })
            Of(order, "a", null, other).ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("idempotency-key-reused");
        RefundDecision.Of(order, new("returned"), "a", "grace", Noon, []).ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("idempotency-key-reused");
        Of(order, "a", new(13_000, "GBP"), ("UPS-1500", 1), ("BOOK", 2)).ShouldBeOfType<RefundDecision.Refuse>("an amount was named");
        var whole = RefundDecision.Of(Paid, new("returned"), "a", "grace", Noon, []).ShouldBeOfType<RefundDecision.Promise>().Order;
        Of(whole, "a", null, ("UPS-1500", 1)).ShouldBeOfType<RefundDecision.Refuse>().Problem.Type.ShouldBe("idempotency-key-reused");
    }

    [Theory]
    [InlineData("""[]""", "lines")]
    [InlineData("""[null]""", "lines[0]")]
    [InlineData("""[{"sku":"BOOK","quantity":0}]""", "lines[0].quantity")]
    [InlineData("""[{"sku":"BOOK","quantity":-1}]""", "lines[0].quantity")]
    [InlineData("""[{"sku":"BOOK","quantity":1},{"sku":"BOOK","quantity":1}]""", "lines[1].sku")]
    [InlineData("""[{"sku":"","quantity":1}]""", "lines[0].sku")]
    public void Lines_that_say_nothing_are_named(string lines, string path)
    {
        var items = JsonNode.Parse(lines)!.AsArray().Select(item => item is null ? null! : new ShipmentItem(item["sku"]!.GetValue<string>(), item["quantity"]!.GetValue<int>()));
        new RequestRefund.Request("returned", Lines: [.. items]).Validate()!.Errors!.Keys.ShouldBe([path]);
    }

    [Fact]
    public void They_stay_on_the_order_as_it_is_stored_and_when_its_account_goes_and_a_promise_from_before_them_is_read()
    {
        var order = Promised(Promised(Paid, "a", null, ("BOOK", 2)), "b", new(300, "GBP"), ("CABLE", 1));
        var stored = OrderEntity.Of(Restriction.Restrict(order));
        var read = stored.ToOrder();
        read.RefundPromises.Select(promise => promise.Lines!.Value.Single()).ShouldBe([new(2, 2, 1_000), new(1, 1, 399)]);
        RefundView.AllOf(read, Settlement.Of(read), forStaff: false).Select(refund => refund.Lines!.Value.Single()).ShouldBe([new("BOOK", 2), new("CABLE", 1)]);
        stored.RefundRequests = """[{"id":"old","amount":100,"currency":"GBP","all":false,"code":"faulty","at":"2026-11-20T12:00:00+00:00"}]""";
        stored.ToOrder().RefundPromises.Single().Lines.ShouldBeNull();
        RefundView.Find(stored.ToOrder(), "old")!.Lines.ShouldBeNull();
    }

    [Fact]
    public void There_is_room_for_so_many_lines_and_no_more()
    {
        var order = Paid with { Lines = [.. Enumerable.Range(0, Order.MostLines).Select(i => new OrderLine($"SKU-{i}", "Shelf", 5, 10, 2_000, 50, 10, 60))] };
        var all = order.Lines.Select(line => (line.Sku, 1)).ToArray();
        for (var i = 0; i < Order.MostRefundLines / Order.MostLines; i++) order = Promised(order, $"{i}", null, all);
        Refused(order, null, ("SKU-0", 1)).ShouldBe((409, "too-many-refunds", null));
        OrderEntity.Of(order).ToOrder().RefundPromises.Sum(promise => promise.Lines!.Value.Length).ShouldBe(Order.MostRefundLines);
    }

    private static RefundDecision Of(Order order, string id, Money? amount, params (string Sku, int Quantity)[] lines) => RefundDecision.Of(
        order, new("returned", amount, Lines: [.. lines.Select(line => new ShipmentItem(line.Sku, line.Quantity))]), id, "grace", Noon.AddMinutes(5 + order.RefundPromises.Length), []);

    internal static Order Promised(Order order, string id, Money? amount, params (string Sku, int Quantity)[] lines) =>
        Of(order, id, amount, lines) is var decision && decision is RefundDecision.Promise promised ? promised.Order : throw new InvalidOperationException($"{(decision as RefundDecision.Refuse)?.Problem}");

    private static (int Status, string Type, string? Detail) Refused(Order order, Money? amount, params (string Sku, int Quantity)[] lines)
    {
        var refused = Of(order, "other", amount, lines).ShouldBeOfType<RefundDecision.Refuse>();
        refused.Order.ShouldBeSameAs(order);
        return (refused.Problem.Status, refused.Problem.Type, refused.Problem.Detail);
    }
}
