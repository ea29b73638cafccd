using System.Collections.Immutable;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Invoices;

/// <summary>What a document says on paper: on the page and in the PDF the same (VAT Regulations 1995, regulations 14 and 15C).</summary>
public sealed class DocumentPaperTests
{
    private static readonly string[] Parties =
    [
        "Example Ltd 1 Street Town VAT number GB 123 4567 82", "Ada Lovelace 12 St James's Square London SW1Y 4JH GB",
        "Date of issue: 22 November 2026", $"Order: {Unpaid.Number}",
    ];

    /// <summary>An UPS at 20 %, paid on the 20th and invoiced on the 22nd; two books at nothing beside it.</summary>
    private static readonly Order Mixed = OnPaper(Unpaid.With(Capture(amount: 13_000)) with
    {
        Gross = 13_000,
        Lines = [.. Unpaid.Lines, new OrderLine("BOOK", "Book & <notes>", 2, 500, 0, 1_000, 0, 1_000)],
        PurchaseOrderNumber = "PO-7",
    });

    /// <summary>… and a shelf, which costs as much as the UPS.</summary>
    private static readonly Order Three = OnPaper(Unpaid.With(Capture(amount: 25_000)) with { Gross = 25_000, Lines = [.. Mixed.Lines, new OrderLine("SHELF", "Shelf", 2, 5_000, 2_000, 10_000, 2_000, 12_000)] });

    private static readonly string[] Lines =
    [
        "Quantity Unit price without VAT VAT rate Net", "Line-interactive UPS 1500 VA (UPS-1500) 1 £100.00 20% £100.00", "Book & <notes> (BOOK) 2 £5.00 0% £10.00",
    ];

    private static readonly ImmutableArray<OrderLine> German = [new("UPS-1500", "Line-interactive UPS 1500 VA", 1, 10_924, 1_900, 10_924, 2_076, 13_000)];

    private static readonly ImmutableArray<OrderLine> Untaxed = [new("UPS-1500", "Line-interactive UPS 1500 VA", 1, 13_000, 0, 13_000, 0, 13_000)];

    public static TheoryData<string, Order, int, string[]> Documents => new()
    {
        {
            "an invoice", Mixed, 0,
            [
                "VAT invoice 2026-000001", .. Parties, "Tax point: 20 November 2026", "Your order number: PO-7", .. Lines,
                "VAT rate Net VAT Total", "20% £100.00 £20.00 £120.00", "0% £10.00 £0.00 £10.00", "Total £110.00 £20.00 £130.00",
                "Delivery to: United Kingdom", "Please keep this document",
            ]
        },
        {
            "an invoice of goods for a member state whose VAT is declared", OnPaper(Mixed with { Documents = [], Lines = German, DeliveryAddress = To("DE") }), 0,
            [
                "Invoice 2026-000001", "Delivery to: Germany", "19% £109.24 £20.76 £130.00",
                "The VAT is that of the member state of the European Union where the goods are delivered (Germany). It is declared under the EU one-stop shop, number IM2760000011.",
            ]
        },
        {
            "its credit note", OnPaper((Mixed with { Documents = [], Lines = German, DeliveryAddress = To("DE") }).With(Refund(amount: 1_300))), 1,
            ["Credit note C2026-000001", "Delivery to: Germany", "where the goods are delivered (Germany)"]
        },
        {
            "an invoice of goods that leave the country, to a company in it",
            OnPaper(Mixed with { Documents = [], Lines = Untaxed, DeliveryAddress = To("US"), BillingAddress = new() { Name = "Engines Ltd", Line1 = "1 Mill Lane", City = "Leeds", Postcode = "LS1 1AA", Country = "GB" } }), 0,
            ["VAT invoice 2026-000001", "Engines Ltd 1 Mill Lane Leeds LS1 1AA GB", "Delivery to: United States", "0% £130.00 £0.00 £130.00", "The goods are exported from the United Kingdom and zero-rated: no VAT is charged."]
        },
        { "an invoice to a member state for which no VAT is declared", OnPaper(Mixed with { Documents = [], Lines = Untaxed, DeliveryAddress = To("IT") }), 0, ["VAT invoice 2026-000001", "Delivery to: Italy", "exported from the United Kingdom and zero-rated"] },
        { "an invoice to Jersey", OnPaper(Mixed with { Documents = [], Lines = Untaxed, DeliveryAddress = To("JE") }), 0, ["Delivery to: Jersey", "exported from the United Kingdom and zero-rated"] },
        {
            "a credit note", OnPaper(Mixed.With(Refund(amount: 1_300, minute: 24 * 60))), 1,
            [
                "Credit note C2026-000001", .. Parties, "Tax point: 21 November 2026", "For invoice: 2026-000001 of 22 November 2026", .. Lines,
                "VAT rate Net VAT Total", "20% £10.00 £2.00 £12.00", "0% £1.00 £0.00 £1.00", "Total credited £11.00 £2.00 £13.00",
                "Refund of £13.00 of what was paid for the goods of invoice 2026-000001",
            ]
        },
        { "a credit note of goods that came back", Credited("r1", RefundReasons.Returned), 1, ["Reason: the goods were returned"] },
        { "… that were faulty", Credited("r1", RefundReasons.Faulty), 1, ["Reason: the goods were faulty"] },
        { "… that did not come", Credited("r1", RefundReasons.NotReceived), 1, ["Reason: the goods were not received"] },
        { "… that nobody had ordered", Credited("r1", RefundReasons.WrongItem), 1, ["Reason: the wrong goods were sent"] },
        { "… of their price", Credited("r1", RefundReasons.Price), 1, ["Reason: the price was reduced"] },
        { "… out of goodwill", Credited("r1", RefundReasons.Goodwill), 1, ["Reason: a goodwill payment"] },
        { "… of an order that was cancelled", OnPaper((Mixed with { Closed = Cancelled.Closed }).With(Refund(amount: 13_000, reference: OwedRefund.Surplus))), 1, ["Reason: the order was cancelled"] },
        {
            "… of which a bank took the money before anything had left",
            OnPaper(OnPaper(Mixed).With(Dispute(Functions.Orders.Settlements.FactStatus.Lost, amount: 13_000)) with { Closed = Cancelled.Closed }), 1,
            ["Reason: the order was cancelled and nothing of it was supplied", "Credit of £130.00 for the goods of invoice 2026-000001", "Total credited £110.00 £20.00 £130.00"]
        },
        { "an invoice for less", OnPaper(Unpaid.With(Capture(amount: 9_000)).Resolved(ReviewChoice.Accept)), 0, ["Price reduced by £30.00 with VAT", "20% £75.00 £15.00 £90.00"] },
        { "an invoice of somebody who is gone", Restriction.Restrict(Mixed), 0, ["VAT invoice 2026-000001", "The customer's name and address are no longer held.", .. Lines, "Total £110.00 £20.00 £130.00"] },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void It_says_all_that_law_wants_of_it_on_the_page_and_in_the_pdf(string what, Order order, int place, string[] required)
    {
        var document = Paper.View(order, place);
        var (page, pdf) = (Paper.OfPage(document), Paper.OfPdf(document));
        foreach (var words in required)
        {
            page.ShouldContain(words, Case.Sensitive, $"the page of {what}");
            pdf.ShouldContain(words, Case.Sensitive, $"the PDF of {what}");
        }
    }

    [Fact]
    public void What_stays_at_home_is_said_to_bear_nobody_elses_vat()
    {
        // Books alone bear none at home either, and the Isle of Man is one VAT area with the United Kingdom.
        foreach (var home in new[] { Mixed, OnPaper(Mixed with { Documents = [], Lines = Untaxed }), OnPaper(Mixed with { Documents = [], DeliveryAddress = To("IM") }) })
        {
            foreach (var text in new[] { Paper.OfPage(Paper.View(home)), Paper.OfPdf(Paper.View(home)) })
            {
                text.ShouldContain("VAT invoice 2026-000001");
                text.ShouldNotContain("one-stop shop");
                text.ShouldNotContain("exported");
            }
        }
    }

    [Fact]
    public void Where_the_goods_went_stays_on_the_document_and_one_from_before_that_was_kept_has_it_of_its_order()
    {
        var made = OnPaper(Mixed with { Documents = [], Lines = German, DeliveryAddress = To("DE") });
        made.Documents[0].Country.ShouldBe("DE");
        var stored = OrderEntity.Of(Restriction.Restrict(made));
        stored.ToOrder().Documents[0].Country.ShouldBe("DE");
        Paper.View(stored.ToOrder() with { DeliveryCountry = "FR" }).Country.ShouldBe("DE");

        stored.Documents = """[{"kind":"Invoice","facts":["capture:stripe:pi_1"],"series":"2026","taxPoint":"2026-11-20T12:01:00+00:00","totals":[{"vatBasisPoints":1900,"net":10924,"vat":2076}],"number":"2026-000001","issuedAt":"2026-11-22T12:00:00+00:00"}]""";
        var read = stored.ToOrder();
        read.Documents[0].Country.ShouldBeNull();
        (Paper.View(read).Country, Paper.View(read).VatTreatment).ShouldBe(("DE", VatTreatment.OneStopShop));
        // Of an order that has lost even that, the document says what it said before.
        Paper.OfPdf(Paper.View(read with { DeliveryCountry = null })).ShouldNotContain("Delivery to");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gone")]
    [InlineData("r1")]
    public void A_credit_note_gives_no_reason_that_nobody_knows(string? reference)
    {
        var document = Paper.View(Credited(reference, RefundReasons.Other), 1);
        document.Reason.ShouldBe(reference == "r1" ? RefundReasons.Other : null);
        foreach (var text in new[] { Paper.OfPage(document), Paper.OfPdf(document) }) text.ShouldNotContain("Reason:");
    }

    [Theory]
    [InlineData(12_500, "20% £100.00 £20.00 £120.00 0% £5.00 £0.00 £5.00 Total credited £105.00 £20.00 £125.00", null)]
    [InlineData(6_250, "20% £50.00 £10.00 £60.00 0% £2.50 £0.00 £2.50 Total credited £52.50 £10.00 £62.50", "That is £62.50 with VAT less than its price; this note does not credit that.")]
    public void A_credit_note_for_lines_lists_them_alone_and_so_many_of_each(long amount, string totals, string? less)
    {
        var order = Refunds.RefundLinesTests.Promised(Three, "r1", new(amount, "GBP"), ("UPS-1500", 1), ("BOOK", 1));
        var document = Paper.View(OnPaper(order.With(Refund(amount: amount, minute: 6, reference: "r1"))), 1);
        (document.IsForOrder, document.Reduction?.Amount).ShouldBe((null, less is null ? null : 12_500 - amount));
        foreach (var text in new[] { Paper.OfPage(document), Paper.OfPdf(document) })
        {
            text.ShouldContain(" Credited ", Case.Sensitive);
            foreach (var line in new[] { "Line-interactive UPS 1500 VA (UPS-1500) 1 £100.00 20% £100.00", "Book & <notes> (BOOK) 1 £5.00 0% £5.00" }) text.ShouldContain(line);
            text.ShouldContain($"Reason: the goods were returned. Refund of £{amount / 100m:0.00} for what is listed above of invoice 2026-000001.");
            text.ShouldContain(totals);
            if (less is null) text.ShouldNotContain("less than its price");
            else text.ShouldContain(less);
            foreach (var other in new[] { "SHELF", "in proportion", "from the others" }) text.ShouldNotContain(other);
        }
    }

    [Fact]
    public void A_credit_note_for_lines_says_where_their_rate_had_too_little_left()
    {
        // More than half of everything has gone back for nobody knows what.
        var order = OnPaper(Three.With(Refund("re_0", amount: 13_000)));
        var rest = Refunds.RefundLinesTests.Promised(order, "r1", null, ("UPS-1500", 1)).With(Refund(minute: 6, reference: "r1"));
        var document = Paper.View(OnPaper(rest), 2);
        document.Totals.Select(total => (total.VatRate, total.Gross.Amount)).ShouldBe([(20m, 11_520), (0m, 480)]);
        foreach (var text in new[] { Paper.OfPage(document), Paper.OfPdf(document) }) text.ShouldContain("What had been credited at its rates of VAT before was taken from the others of the invoice.");
    }

    [Fact]
    public void Every_reason_of_a_refund_but_other_has_its_words() =>
        RefundReasons.All.Where(reason => DocumentWords.WhyOf(reason) is null).ShouldBe([RefundReasons.Other]);

    [Fact]
    public void A_long_one_goes_on_over_sheets_and_nothing_stands_over_anything_else_or_beside_the_paper()
    {
        var order = OnPaper(Unpaid.With(Capture()) with
        {
            DeliveryAddress = Unpaid.DeliveryAddress! with { Name = "<script>alert(1)</script>", Line2 = new string('Ł', 120) },
            PurchaseOrderNumber = "<b>PO</b>",
            Lines = [.. Enumerable.Range(1, Order.MostLines).Select(i => new OrderLine($"SKU-{i}", $"Rack shelf {i}, 19 inches, with screws, washers and cage nuts for square holes", 1, 100, 2_000, 100, 20, 120))],
        });
        var document = Paper.View(order);
        DocumentPage.Body(document).ShouldNotContain("<script");
        DocumentPage.Body(document).ShouldNotContain("<b>");
        var pieces = Paper.Pieces(DocumentPdf.Of(document));
        var sheets = pieces.Max(piece => piece.Page);
        sheets.ShouldBeGreaterThanOrEqualTo(2);
        var text = Paper.OfPdf(document);
        for (var i = 1; i <= Order.MostLines; i++) text.ShouldContain($"(SKU-{i})");
        for (var i = 1; i <= sheets; i++) text.ShouldContain($"VAT invoice 2026-000001, page {i} of {sheets}");
        foreach (var piece in pieces)
        {
            (piece.Box.Left >= PdfPaper.Left - 0.5 && piece.Box.Right <= PdfPaper.Right + 0.5 && piece.Box.Bottom > 0).ShouldBeTrue($"{piece.Text} is beside the paper");
            pieces.Where(other => other.Page == piece.Page && other != piece && Overlap(piece.Box, other.Box)).ShouldBeEmpty($"{piece.Text} stands over it");
        }

        static bool Overlap(UglyToad.PdfPig.Core.PdfRectangle one, UglyToad.PdfPig.Core.PdfRectangle other) =>
            one.Left < other.Right - 0.5 && other.Left < one.Right - 0.5 && one.Bottom < other.Top - 0.5 && other.Bottom < one.Top - 0.5;
    }

    private static DeliveryAddress To(string country) => Unpaid.DeliveryAddress! with { Country = country };

    /// <param name="reference">What the refund carries; the promise is called r1.</param>
    private static Order Credited(string? reference, string reason) =>
        OnPaper(Mixed.With(Request() with { Reason = reason }).With(Refund(amount: 1_300, minute: 6, reference: reference)));

    /// <summary>Issued, two days after the order was placed.</summary>
    private static Order OnPaper(Order order) =>
        order.Issued() is var issued ? issued with { Documents = [.. issued.Documents.Select(document => document with { IssuedAt = Noon.AddDays(2) })] } : order;
}
