using Shop.Functions.Orders;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

public sealed class LedgerTests
{
    [Theory]
    [InlineData("capture:stripe:pi_123", FactKind.Capture, "stripe", "pi_123")]
    [InlineData("dispute:paypal:PP:R-1", FactKind.Dispute, "paypal", "PP:R-1")]
    public void A_key_reads_as_it_was_written(string text, FactKind kind, string provider, string objectId)
    {
        FactKey.Parse(text).ShouldBe(new FactKey(kind, provider, objectId));
        FactKey.Parse(text).ToString().ShouldBe(text);
    }

    [Fact]
    public void A_full_ledger_drops_nothing_and_marks_the_order_that_there_is_more()
    {
        var full = Enumerable.Range(0, Order.MostLedgerEntries).Aggregate(Unpaid, (order, i) => order.With(Refund($"re_{i:D3}", amount: 1)));
        full.With(Refund("re_one_more", amount: 1)).ShouldBe(full with { Unrecorded = Refund("re_one_more", amount: 1) });
        full.With(Refund("re_000", amount: 1)).ShouldBeSameAs(full);
    }

    [Fact]
    public void News_is_journalled_once_and_a_repeat_is_not()
    {
        var order = Unpaid.With(Capture(status: FactStatus.Pending), Capture(), Capture(), Capture(minute: 0));
        order.Journal.Select(entry => entry.Kind).ShouldBe(["placed", "capture_pending", "capture_completed"]);
    }

    [Fact]
    public void A_reversal_that_is_listed_as_a_refund_as_well_is_the_same_money_once()
    {
        var (reversal, mistaken) = (Reversal("rv_1", amount: 500), Refund("rv_1", amount: 500));
        var order = Unpaid.With(Capture(), reversal, mistaken);
        order.Ledger.Select(fact => fact.Kind).ShouldBe([FactKind.Capture, FactKind.Reversal]);
        Unpaid.With(mistaken, Capture(), reversal).Ledger.ShouldBe(order.Ledger);
        order.With(mistaken).ShouldBeSameAs(order);
    }

    [Fact]
    public void A_ledger_of_an_older_version_reads_as_it_did()
    {
        const string At = "2026-11-20T12:00:00+00:00";
        var entity = OrderEntity.Of(Unpaid);
        entity.Ledger = $$"""
            [{"kind":"Capture","provider":"paypal","objectId":"2G1","amount":500,"currency":"GBP","status":"Reversed","at":"{{At}}"},
             {"kind":"Dispute","provider":"paypal","objectId":"PP-1","parent":"capture:paypal:2G1","amount":500,"currency":"GBP","status":"Open","at":"{{At}}"}]
            """;
        var order = entity.ToOrder();
        order.Ledger[1].SettledByRefundsSince.ShouldBeNull();
        var settlement = Settlement.Of(order);
        (settlement.Payment, settlement.ReviewReason).ShouldBe((PaymentStatus.NeedsReview, "capture_reversed"));
        // It has said "all of it": what tells the amount now says nothing new.
        var told = order.With(Reversal("rv_1", amount: 500) with { Provider = "paypal", Parent = "capture:paypal:2G1" });
        Settlement.Of(told).Concerns.ShouldBe(settlement.Concerns);
    }

    [Fact]
    public void An_order_survives_being_stored_and_read()
    {
        var order = Unpaid.With(Checkout()).With(Capture(), Refund(amount: 1), Reversal(amount: 1), Dispute(FactStatus.Inquiry).SettledSince(2)) with { Closed = new Closing(Noon, ClosingReason.Cancelled) };
        var read = OrderEntity.Of(order).ToOrder();
        read.Ledger.ShouldBe(order.Ledger);
        read.Checkouts.ShouldBe(order.Checkouts);
        read.Journal.ShouldBe(order.Journal);
        read.Lines.ShouldBe(order.Lines);
        (read with { Ledger = order.Ledger, Checkouts = order.Checkouts, Journal = order.Journal, Lines = order.Lines }).ShouldBe(order);
    }

    [Fact]
    public void The_fullest_order_allowed_fits_into_one_entity()
    {
        var line = new OrderLine(new string('S', 40), new string('n', 120), 10_000, 999_999_999, 2_000, 9_999_999_990_000, 1_999_999_998_000, 11_999_999_988_000);
        var order = Unpaid with { Lines = [.. Enumerable.Repeat(line, Order.MostLines)] };
        for (var i = 0; i < Order.MostLedgerEntries; i++) order = order.With(Refund($"re_3Pabcdefghijklmnopqrstu{i:D3}", "pi_3PabcdefghijklmnopqrstuV", amount: 1));
        for (var i = 1; i <= Order.MostCheckouts; i++) order = order.With(Checkout(i, CheckoutState.Expired) with { Id = $"cs_test_{new string('a', 58)}{i}" });
        var entity = OrderEntity.Of(order);
        new[] { entity.Lines, entity.Ledger, entity.Checkouts, entity.Journal }.ShouldAllBe(json => json.Length <= 32 * 1024);
    }
}
