using Shop.Local.Storm;

namespace Shop.Local.Tests.Storm;

/// <summary>A checker that finds nothing wrong proves nothing, unless it would have.</summary>
public sealed class StormVerdictTests
{
    private const long Gross = 10_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly Deeds PaidOnce = new("o1", Gross) { Paid = true };

    private static readonly BookedPayment Whole = new(Tender.Stripe, "pi_1", "o1", Gross, 0, 0, 0);

    [Fact]
    public void What_is_right_is_right()
    {
        Of(PaidOnce, Says("paid"), Whole).ShouldBeEmpty();
        Of(new Deeds("o1", Gross), Says("awaiting", received: 0)).ShouldBeEmpty();
        Of(new Deeds("o1", Gross) { Cancelled = true }, Says("cancelled", cancelled: true, received: 0)).ShouldBeEmpty();
        Of(PaidOnce with { Cancelled = true }, Says("refunded", cancelled: true, refunded: Gross), Whole with { Refunded = Gross }).ShouldBeEmpty();
        Of(PaidOnce with { RefundsAccepted = 3_000, RefundedAtTheProvider = 1_000 }, Says("partly_refunded", refunded: 4_000), Whole with { Refunded = 4_000 }).ShouldBeEmpty();
        Of(PaidOnce with { Withdrawn = Gross }, Says("refunded", withdrawn: Gross), Whole with { Withdrawn = Gross }).ShouldBeEmpty();
        Of(PaidOnce with { Withdrawn = 500, NeedsPerson = true }, Says("needs_review", withdrawn: 500), Whole with { Withdrawn = 500 }).ShouldBeEmpty();
        Of(PaidOnce, Says("paid", received: 2 * Gross, refunded: Gross), Whole, Whole with { Tender = Tender.PayPal, Id = "2G", Refunded = Gross }).ShouldBeEmpty();
    }

    [Fact]
    public void Money_that_was_taken_twice_is_found() =>
        Of(PaidOnce, Says("paid", received: 2 * Gross), Whole, Whole with { Id = "pi_2" }).ShouldContain("it is charged more than once");

    [Fact]
    public void Money_that_was_not_taken_is_found() => Of(PaidOnce, Says("awaiting", received: 0)).ShouldContain("it was paid, and nothing was charged");

    [Fact]
    public void Money_kept_of_a_cancelled_order_is_found() =>
        Of(PaidOnce with { Cancelled = true }, Says("paid", cancelled: true), Whole).ShouldContain("10000 is kept, and it should be 0 of 10000");

    [Fact]
    public void A_cancelling_that_was_forgotten_is_found() =>
        Of(PaidOnce with { Cancelled = true }, Says("paid"), Whole).ShouldContain("it was cancelled, and the shop says it is not");

    [Fact]
    public void A_refund_that_was_made_twice_is_found() => Of(PaidOnce with { RefundsAccepted = 3_000 }, Says("partly_refunded", refunded: 6_000), Whole with { Refunded = 6_000 })
        .ShouldContain("4000 is kept, and it should be 7000 of 10000");

    [Fact]
    public void A_refund_that_was_not_made_is_found() =>
        Of(PaidOnce with { RefundsAccepted = 3_000 }, Says("paid"), Whole).ShouldContain("10000 is kept, and it should be 7000 of 10000");

    [Fact]
    public void A_refund_under_way_is_not_at_rest() => Of(PaidOnce with { RefundsAccepted = Gross }, Says("paid"), Whole with { RefundsPending = Gross })
        .ShouldContain("a refund is still under way");

    [Fact]
    public void More_back_than_came_is_found() => Of(PaidOnce, Says("refunded"), Whole with { Refunded = Gross + 1 }).ShouldContain("more went back than came");

    [Theory]
    [InlineData("awaiting")]
    [InlineData("pending")]
    [InlineData("partly_refunded")]
    [InlineData("needs_review")]
    public void Another_status_than_the_books_is_found(string status) =>
        Of(PaidOnce, Says(status), Whole).ShouldHaveSingleItem().ShouldBe($"its payment should be paid, and the shop says {status}");

    [Fact]
    public void A_dispute_that_the_shop_has_not_heard_of_is_found() =>
        Of(PaidOnce with { Withdrawn = Gross }, Says("paid"), Whole with { Withdrawn = Gross })
            .ShouldBe(["the shop says 0 was taken back, and the books say 10000", "its payment should be refunded, and the shop says paid"]);

    [Fact]
    public void A_part_that_was_taken_and_that_no_person_is_asked_about_is_found() =>
        Of(PaidOnce with { Withdrawn = 500, NeedsPerson = true }, Says("partly_refunded", withdrawn: 500), Whole with { Withdrawn = 500 })
            .ShouldHaveSingleItem().ShouldContain("needs_review");

    [Fact]
    public void Sums_that_the_shop_has_wrong_are_found() => Of(PaidOnce, Says("paid", received: 1, refunded: 2), Whole).Count.ShouldBe(2);

    [Fact]
    public void Goods_that_are_not_where_they_were_sent_are_found() =>
        Of(PaidOnce with { Fulfilment = "delivered" }, Says("paid"), Whole).ShouldBe(["its goods should be delivered, and the shop says unfulfilled"]);

    [Fact]
    public void Stock_adds_up_or_is_found()
    {
        (Deeds, Claimed)[] orders =
        [
            (PaidOnce with { Counted = 3, CountedSent = 1 }, Says("paid")),
            (PaidOnce with { Counted = 2, CountedSent = 2, Restocked = 1 }, Says("refunded")),
            (PaidOnce with { Counted = 5 }, Says("refunded")),
            (new Deeds("o4", Gross) { Counted = 4, Cancelled = true }, Says("cancelled", cancelled: true)),
        ];
        StormLedgers.OfStock(10, new(8, 2), orders).ShouldBeEmpty();
        StormLedgers.OfStock(10, new(7, 2), orders).ShouldBe(["8 should be on hand of 10, and the shop says 7"]);
        StormLedgers.OfStock(10, new(8, 7), orders).ShouldBe(["2 should be reserved, and the shop says 7"]);
        StormLedgers.OfStock(3, new(1, 2), orders).ShouldBe(["2 are sold of 1"]);
    }

    [Fact]
    public void A_gap_or_a_double_in_the_numbers_is_found()
    {
        static StatedDocument Document(string number) => new("o1", "invoice", number, Gross);
        StormLedgers.OfNumbers([Document("2026-000001"), Document("C2026-000001"), Document("2026-000002")]).ShouldBeEmpty();
        StormLedgers.OfNumbers([Document("2026-000001"), Document("2026-000003")]).ShouldBe(["2026 has a gap: 1, 3"]);
        StormLedgers.OfNumbers([Document("2026-000002")]).ShouldBe(["2026 has a gap: 2"]);
        StormLedgers.OfNumbers([Document("2026-000001"), Document("2026-000001")]).ShouldBe(["a number of 2026 was given twice: 1, 1"]);
    }

    [Fact]
    public void A_sale_without_its_invoice_and_a_refund_without_its_credit_note_are_found()
    {
        var (invoice, note) = (new StatedDocument("o1", "invoice", "2026-000001", Gross), new StatedDocument("o1", "credit_note", "C2026-000001", 3_000));
        StormLedgers.OfDocuments(PaidOnce, Says("paid"), [invoice]).ShouldBeEmpty();
        StormLedgers.OfDocuments(PaidOnce, Says("paid"), []).ShouldBe(["it was paid, and has no invoice"]);
        StormLedgers.OfDocuments(PaidOnce, Says("paid"), [invoice, invoice]).ShouldBe(["it has two invoices"]);
        StormLedgers.OfDocuments(PaidOnce, Says("partly_refunded", refunded: 3_000), [invoice, note]).ShouldBeEmpty();
        StormLedgers.OfDocuments(PaidOnce, Says("partly_refunded", refunded: 3_000), [invoice]).ShouldBe(["0 is credited, and 3000 went back of its price"]);
        StormLedgers.OfDocuments(PaidOnce, Says("paid", received: 2 * Gross, refunded: Gross), [invoice]).ShouldBeEmpty("what was paid twice was for nothing");
        StormLedgers.OfDocuments(PaidOnce with { Cancelled = true }, Says("refunded", cancelled: true, refunded: Gross), []).ShouldBeEmpty();
    }

    [Fact]
    public void An_order_that_ended_for_no_reason_is_found()
    {
        var unpaid = new Deeds("o1", Gross) { ExpiresAt = Now };
        Of(unpaid, Says("cancelled", cancelled: true, received: 0)).ShouldBeEmpty("its time was up");
        Of(unpaid with { ExpiresAt = Now.AddSeconds(1) }, Says("cancelled", cancelled: true, received: 0))
            .ShouldBe(["it has ended, and neither did anybody cancel it nor was its time up"]);
        Of(unpaid with { Paid = true, PaidBy = Now.AddSeconds(-1) }, Says("refunded", cancelled: true, refunded: Gross), Whole with { Refunded = Gross })
            .ShouldBe(["it has ended, and neither did anybody cancel it nor was its time up"]);
    }

    [Fact]
    public void An_order_that_is_not_given_up_is_found() => Of(new Deeds("o1", Gross) { ExpiresAt = Now.AddSeconds(-1) }, Says("awaiting", received: 0))
        .ShouldBe(["nobody has paid in its time, and it is not given up"]);

    [Fact]
    public void A_list_that_has_too_much_or_too_little_is_found()
    {
        StormLedgers.OfList("ada", ["o2", "o1"], ["o1", "o2"], soldOut: 0).ShouldBeEmpty();
        StormLedgers.OfList("ada", ["o2", "o1", "o3"], ["o1", "o2"], soldOut: 1).ShouldBeEmpty();
        StormLedgers.OfList("ada", ["o1"], ["o1", "o2"], soldOut: 0).ShouldHaveSingleItem().ShouldContain("1 orders, and 2 were placed");
        StormLedgers.OfList("ada", ["o2", "o1", "o3"], ["o1", "o2"], soldOut: 0).ShouldHaveSingleItem();
        StormLedgers.OfList("ada", ["o2", "o1", "o1"], ["o1", "o2"], soldOut: 0).ShouldBe(["ada's list has an order twice"]);
    }

    private static List<string> Of(Deeds deeds, Claimed claimed, params BookedPayment[] books) => [.. StormVerdict.Of(deeds, claimed, books, Now)];

    private static Claimed Says(string payment, bool cancelled = false, long received = Gross, long refunded = 0, long withdrawn = 0) =>
        new(payment, cancelled, received, refunded, withdrawn);
}
