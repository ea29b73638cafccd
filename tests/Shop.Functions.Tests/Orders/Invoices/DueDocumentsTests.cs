using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Platform.Storage;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Invoices;

/// <summary>When which document is due: the table of functions/README.md.</summary>
public sealed class DueDocumentsTests
{
    private static readonly Order Paid = Unpaid.With(Capture());
    private static readonly Order Invoiced = Paid.Issued();

    private static readonly Order Twice = Invoiced.With(Capture("pi_2", minute: 2));
    private static readonly Order Again = Invoiced.With(Reversal()).Resolved(ReviewChoice.WriteOff).With(Capture("pi_2", minute: 30));
    private static readonly Order Kept = Invoiced.With(Reversal()).Resolved(ReviewChoice.Accept).With(Capture("pi_2", minute: 30));

    private static Order Ended(Order order) => order with { Closed = Cancelled.Closed };

    public static TheoryData<string, Order, string> Rows => new()
    {
        { "nothing has come", Unpaid, "" },
        { "it is on its way", Unpaid.With(Capture(status: FactStatus.Pending)), "" },
        { "it was denied", Unpaid.With(Capture(status: FactStatus.Denied)), "" },
        { "the whole total has come", Paid, "Invoice 12000 of 2000" },
        { "a debit has completed", Unpaid.With(Capture(status: FactStatus.Pending), Capture(minute: 9)), "Invoice 12000 of 2000" },
        { "it was paid twice", Unpaid.With(Capture(), Capture("pi_2", minute: 2)), "Invoice 12000 of 2000" },
        { "the second payment has gone back", Unpaid.With(Capture(), Capture("pi_2", minute: 2), Refund(capture: "pi_2", minute: 3)), "Invoice 12000 of 2000" },
        { "… by the shop itself, and then the provider takes the first back", Twice.With(Refund(capture: "pi_2", minute: 3, reference: "surplus"), Reversal()), "" },
        { "… at the provider, and then that takes the first back", Twice.With(Refund(capture: "pi_2", minute: 3), Reversal()), "" },
        { "… before anybody looked", Paid.With(Capture("pi_2", minute: 2), Refund(capture: "pi_2", minute: 3), Reversal()), "Invoice 12000 of 2000" },
        { "… and then the first as well", Twice.With(Refund(capture: "pi_2", minute: 3), Refund("re_2", minute: 4)), "CreditNote 12000 of 2000" },
        { "… by a bank's decision, and then the first is refunded", Twice.With(Dispute(FactStatus.Lost, "pi_2"), Refund(minute: 4)), "CreditNote 12000 of 2000" },
        { "… and was taken back as well, which a person accepts", Twice.With(Refund(capture: "pi_2", minute: 3), Reversal(capture: "pi_2")).Resolved(ReviewChoice.Accept), "" },
        { "… and the first is refunded", Twice.With(Refund(capture: "pi_2", minute: 3), Reversal(capture: "pi_2")).Resolved(ReviewChoice.Accept).With(Refund("re_2", minute: 40)), "CreditNote 12000 of 2000" },
        { "the second payment has gone back, and was lost to a bank as well", Twice.With(Refund(capture: "pi_2", minute: 3), Dispute(FactStatus.Lost, "pi_2", minute: 4)), "" },
        { "… and the first is refunded in part", Twice.With(Refund(capture: "pi_2", minute: 3), Dispute(FactStatus.Lost, "pi_2", minute: 4), Refund("re_2", amount: 1_000, minute: 5)), "CreditNote 1000 of 167" },
        { "the payment that was invoiced has gone back, for one of an earlier minute stands", Invoiced.With(Capture("pi_0", minute: 0), Refund()), "" },
        { "… and then the one that stood", Invoiced.With(Capture("pi_0", minute: 0), Refund(), Refund("re_2", "pi_0", minute: 3)), "CreditNote 12000 of 2000" },
        { "the provider took it back, a second one pays, and that is refunded", Again.With(Refund(capture: "pi_2", minute: 40)), "CreditNote 12000 of 2000" },
        { "… in part", Again.With(Refund(capture: "pi_2", amount: 1_000, minute: 40)), "CreditNote 1000 of 167" },
        { "it was accepted without the money that was taken back, and a second one goes back", Kept.With(Refund(capture: "pi_2", minute: 40)), "" },
        { "it was paid after it had ended", Cancelled.With(Capture(minute: 90)), "" },
        { "… and has gone back", Cancelled.With(Capture(minute: 90), Refund(minute: 91)), "" },
        { "too little has come", Unpaid.With(Capture(amount: 9_000)), "" },
        { "… and was accepted", Unpaid.With(Capture(amount: 9_000)).Resolved(ReviewChoice.Accept), "Invoice 9000 of 1500" },
        { "… and has gone back", Unpaid.With(Capture(amount: 9_000)).Resolved(ReviewChoice.Accept).Issued().With(Refund(amount: 9_000)), "CreditNote 9000 of 1500" },
        { "too much was accepted, and what is too much goes back", Unpaid.With(Capture(amount: 13_000)).Resolved(ReviewChoice.Accept).With(Refund(amount: 1_000)), "Invoice 12000 of 2000" },
        { "… and then more", Unpaid.With(Capture(amount: 13_000)).Resolved(ReviewChoice.Accept).With(Refund(amount: 1_600)), "Invoice 12000 of 2000, CreditNote 600 of 100" },
        { "another currency is accepted", Unpaid.With(Capture(currency: "EUR")).Resolved(ReviewChoice.Accept), "" },
        { "it was sold in another currency", Unpaid with { Currency = "EUR", Ledger = [Capture(currency: "EUR")] }, "" },
        { "it was paid and refunded before anybody looked", Paid.With(Refund()), "Invoice 12000 of 2000, CreditNote 12000 of 2000" },
        { "a refund is on its way", Invoiced.With(Refund(status: FactStatus.Pending)), "" },
        { "a refund has failed", Invoiced.With(Refund(status: FactStatus.Failed)), "" },
        { "a part was refunded", Invoiced.With(Refund(amount: 1_000)), "CreditNote 1000 of 167" },
        { "two parts were", Invoiced.With(Refund(amount: 1_000), Refund("re_2", amount: 1_000)), "CreditNote 1000 of 167, CreditNote 1000 of 166" },
        { "the second part was, after the first", Invoiced.With(Refund(amount: 1_000)).Issued().With(Refund("re_2", amount: 11_000)), "CreditNote 11000 of 1833" },
        { "more was refunded than was paid", Invoiced.With(Refund(amount: 15_000)), "CreditNote 12000 of 2000" },
        { "another refund takes the place of one that failed after all", Invoiced.With(Refund(amount: 1_000)).Issued().With(Refund(amount: 1_000, status: FactStatus.Failed), Refund("re_2", amount: 1_000)), "" },
        { "it was cancelled after its invoice, and refunded", (Invoiced with { Closed = Cancelled.Closed }).With(Refund()), "CreditNote 12000 of 2000" },
        { "it was cancelled before its invoice, and refunded", (Paid with { Closed = Cancelled.Closed }).With(Refund()), "" },
        { "a dispute is open", Invoiced.With(Dispute(FactStatus.Open)), "" },
        { "a dispute was lost", Invoiced.With(Dispute(FactStatus.Lost)), "" },
        { "the provider took it back", Invoiced.With(Reversal()), "" },
        { "the provider took it back before anybody looked", Paid.With(Reversal()), "Invoice 12000 of 2000" },
        { "… for a dispute that was lost by then", Paid.With(Dispute(FactStatus.Lost), Reversal()), "Invoice 12000 of 2000" },
        { "… of an order that had ended", (Paid with { Closed = Cancelled.Closed }).With(Reversal()), "" },
        { "… and then a second one pays", Paid.With(Reversal(), Capture("pi_2", minute: 30)), "Invoice 12000 of 2000" },
        { "the provider took back what was too little", Unpaid.With(Capture(amount: 9_000), Reversal(amount: 9_000)), "" },
        { "everything is issued", Invoiced.With(Refund()).Issued(), "" },
    };

    public static TheoryData<string, Order, string> RowsOfWhatEndedWithNothingSent => new()
    {
        { "a dispute was lost, and it was cancelled with nothing sent", Ended(Invoiced.With(Dispute(FactStatus.Lost))), "CreditNote 12000 of 2000" },
        { "… and carried out by a reversal", Ended(Invoiced.With(Dispute(FactStatus.Lost), Reversal())), "CreditNote 12000 of 2000" },
        { "… after the end", Ended(Invoiced).With(Dispute(FactStatus.Lost, minute: 90)), "CreditNote 12000 of 2000" },
        { "… of a part, and the rest has gone back", Ended(Invoiced.With(Dispute(FactStatus.Lost, amount: 5_000))).With(Refund(amount: 7_000, minute: 90)), "CreditNote 5000 of 833, CreditNote 7000 of 1167" },
        { "… and the rest is on its way back", Ended(Invoiced.With(Dispute(FactStatus.Lost, amount: 5_000))), "CreditNote 5000 of 833" },
        { "… after a parcel had left", Ended(Invoiced.With(Dispute(FactStatus.Lost)) with { Shipments = [Parcel()] }), "" },
        { "… after a parcel was taken back before it left", Ended(Invoiced.With(Dispute(FactStatus.Lost)) with { Shipments = [Parcel() with { VoidedAt = Noon }] }), "CreditNote 12000 of 2000" },
        { "… and was won", Ended(Invoiced.With(Dispute(FactStatus.Won))), "" },
        { "… and is open", Ended(Invoiced.With(Dispute(FactStatus.Open))), "" },
        { "… and was credited, then won after all, and went back", Ended(Invoiced.With(Dispute(FactStatus.Lost))).Issued().With(Dispute(FactStatus.Won, minute: 90), Refund(minute: 91)), "" },
        { "… at a provider that settles it by a refund, which is the same money", Ended(Invoiced.With(Dispute(FactStatus.Lost, minute: 6).SettledSince(3), Refund(minute: 5))), "CreditNote 12000 of 2000" },
        { "… and the refund was credited before", Ended(Invoiced.With(Refund(minute: 5)).Issued().With(Dispute(FactStatus.Lost, minute: 6).SettledSince(3))), "" },
        { "… and it was refunded as well", Ended(Invoiced.With(Dispute(FactStatus.Lost), Refund())), "CreditNote 12000 of 2000" },
        { "… by more than was credited when it was first lost", Ended(Invoiced.With(Dispute(FactStatus.Lost, amount: 5_000))).Issued().With(Dispute(FactStatus.Lost, amount: 8_000, minute: 90)), "CreditNote 3000 of 500" },
        { "… by less than that", Ended(Invoiced.With(Dispute(FactStatus.Lost, amount: 5_000))).Issued().With(Dispute(FactStatus.Lost, amount: 4_000, minute: 90)), "" },
        { "… by more, of which a refund was the other part", Ended(Invoiced.With(Dispute(FactStatus.Lost, amount: 5_000))).Issued().With(Dispute(FactStatus.Lost, amount: 8_000, minute: 90), Refund(amount: 4_000, minute: 91)), "CreditNote 3000 of 500, CreditNote 4000 of 667" },
        { "… and its account was erased", Restriction.WithoutAccount(Invoiced.With(Dispute(FactStatus.Lost)), Noon.AddHours(1)), "CreditNote 12000 of 2000" },
        { "… after a parcel had left", Restriction.WithoutAccount(Invoiced.With(Dispute(FactStatus.Lost)) with { Shipments = [Parcel()] }, Noon.AddHours(1)), "" },
        { "a second payment was lost, and the first is on its way back", Ended(Twice.With(Dispute(FactStatus.Lost, "pi_2"))), "" },
        { "… and has gone back", Ended(Twice.With(Dispute(FactStatus.Lost, "pi_2"))).With(Refund(minute: 90)), "CreditNote 12000 of 2000" },
        { "the provider took it back, and it was cancelled with nothing sent", Ended(Invoiced.With(Reversal())), "CreditNote 12000 of 2000" },
        { "… and says so of the payment alone", Ended(Invoiced.With(Capture(status: FactStatus.Reversed, minute: 4))), "CreditNote 12000 of 2000" },
        { "… and a second one had paid, which goes back after the end", Ended(Again).With(Refund(capture: "pi_2", minute: 90)), "CreditNote 12000 of 2000" },
        { "… before anybody looked", Ended(Paid.With(Reversal())), "" },
        { "too little was accepted and lost, and it was cancelled", Ended(Unpaid.With(Capture(amount: 9_000)).Resolved(ReviewChoice.Accept).Issued().With(Dispute(FactStatus.Lost, amount: 9_000))), "CreditNote 9000 of 1500" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    [MemberData(nameof(RowsOfWhatEndedWithNothingSent))]
    public void A_document_is_due_by_the_facts(string facts, Order order, string due) =>
        string.Join(", ", DueDocuments.Of(order).Select(document => $"{document.Kind} {document.Totals.Sum(total => total.Gross)} of {document.Totals.Sum(total => total.Vat)}"))
            .ShouldBe(due, facts);

    [Fact]
    public void In_whatever_order_refunds_are_heard_of_the_same_is_credited()
    {
        var cases = from paid in Gen.Elements(9_000L, 12_000L, 13_000L)
                    from amounts in Gen.Choose(1, 5_000).NonEmptyListOf()
                    from heard in Gen.Shuffle(amounts.Take(6).Select((amount, i) => Refund($"re_{i}", amount: amount, minute: 2 + i)).ToArray())
                    select (Paid: paid, Heard: heard);
        Properties.Holds(cases, it =>
        {
            var order = Unpaid.With(Capture(amount: it.Paid));
            if (it.Paid != Gross) order = order.Resolved(ReviewChoice.Accept);
            order = it.Heard.Aggregate(order.Issued(), (current, refund) => current.With(refund).Issued());
            var (price, beyond) = (Math.Min(it.Paid, Gross), Math.Max(it.Paid - Gross, 0));
            order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).Sum(note => note.Gross)
                .ShouldBe(Math.Clamp(it.Heard.Sum(refund => refund.Amount) - beyond, 0, price));
        });
    }

    /// <summary>A second payment is beyond the price: once all of it is gone, whoever took it and however often, what is refunded of the first is what is credited.</summary>
    [Fact]
    public void Of_a_second_payment_nothing_is_credited_however_it_goes_and_in_whatever_order_that_is_heard_of()
    {
        var cases = from first in Gen.Choose(0, 12_000)
                    from second in Gen.Choose(0, 12_000)
                    from lost in Gen.Choose(0, 12_000)
                    from reversed in Gen.Choose(0, 12_000)
                    from facts in Gen.Shuffle(
                        Refund("re_1", amount: first, minute: 60), Refund("re_2", "pi_2", amount: second, minute: 70), Dispute(FactStatus.Lost, "pi_2", lost, minute: 80), Reversal("rv_1", "pi_2", reversed))
                    select (Facts: facts, First: first, Left: Math.Max(0, Gross - second - Math.Max(lost, reversed)));
        Properties.Holds(cases, it =>
        {
            var order = it.Facts.Where(fact => fact.Amount > 0).Aggregate(Twice, (current, fact) => current.With(fact).Issued());
            order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).Sum(note => note.Gross).ShouldBe(Math.Max(0, it.First - it.Left));
        });
    }

    /// <summary>Of an order that ended with nothing sent there was no supply: what is not here any more is credited, whoever took it and whenever that is heard of.</summary>
    [Fact]
    public void Of_an_order_that_ended_with_nothing_sent_all_that_is_gone_is_credited_once_in_whatever_order_it_is_heard_of()
    {
        var cases = from refund in Gen.Choose(0, 7_000)
                    from other in Gen.Choose(0, 7_000)
                    from lost in Gen.Choose(0, 12_000)
                    from first in Gen.Choose(0, lost)
                    from reversed in Gen.Choose(0, 12_000)
                    from steps in Gen.Shuffle(new Func<Order, Order>[]
                    {
                        Ended,
                        order => refund == 0 ? order : order.With(Refund("re_1", amount: refund)),
                        order => other == 0 ? order : order.With(Refund("re_2", amount: other, minute: 70)),
                        order => first == 0 ? order : order.With(Dispute(FactStatus.Lost, amount: first)),
                        order => lost == 0 ? order : order.With(Dispute(FactStatus.Lost, amount: lost, minute: 80)),
                        order => reversed == 0 ? order : order.With(Reversal(amount: reversed)),
                    })
                    select (Steps: steps, Gone: refund + other + Math.Max(lost, reversed));
        Properties.Holds(cases, it =>
        {
            var order = it.Steps.Aggregate(Invoiced, (current, step) => step(current).Issued());
            var notes = order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).ToList();
            notes.Sum(note => note.Gross).ShouldBe(Math.Min(it.Gone, Gross));
            notes.GroupBy(note => note.Facts.Single()).ShouldAllBe(those => those.Sum(note => note.Gross) <= order.Ledger.Single(fact => fact.Key == those.Key).Amount);
        });
    }

    [Fact]
    public void A_note_for_what_a_bank_took_before_the_end_has_the_end_for_its_tax_point() =>
        DueDocuments.Of(Ended(Invoiced.With(Dispute(FactStatus.Lost)))).ShouldHaveSingleItem().TaxPoint.ShouldBe(Noon.AddHours(1));

    [Fact]
    public void What_was_sold_is_summed_by_rate_and_its_tax_point_is_when_it_was_paid()
    {
        var order = Unpaid.With(Capture(amount: 19_000)) with
        {
            Gross = 19_000,
            Lines = [.. Paid.Lines, new OrderLine("BOOK", "Book", 2, 500, 0, 1_000, 0, 1_000), new OrderLine("UPS", "UPS", 1, 5_000, 2_000, 5_000, 1_000, 6_000)],
        };
        var invoice = DueDocuments.Of(order).ShouldHaveSingleItem();
        invoice.Totals.ShouldBe([new(2_000, 15_000, 3_000), new(0, 1_000, 0)]);
        invoice.TaxPoint.ShouldBe(Noon.AddMinutes(1));
        invoice.Facts.ShouldBe(["capture:stripe:pi_1"]);
    }

    [Theory]
    [InlineData("03-31", "2027-03-31T22:59:59Z", "2026")]
    [InlineData("03-31", "2027-03-31T23:00:00Z", "2027")]
    [InlineData("12-31", "2026-12-31T23:59:59Z", "2026")]
    [InlineData("04-05", "2026-04-05T12:00:00Z", "2025")]
    public void The_series_is_the_financial_year_in_which_the_shops_day_of_the_tax_point_is(string yearEnd, string taxPoint, string series)
    {
        var periods = new RetentionPeriods { FinancialYearEnd = yearEnd };
        var due = new DueDocument(DocumentKind.Invoice, [], DateTimeOffset.Parse(taxPoint, System.Globalization.CultureInfo.InvariantCulture), []);
        SalesDocument.Of(due, "GB", periods).Series.ShouldBe(series);
        SalesDocument.Of(due with { Kind = DocumentKind.CreditNote }, "GB", periods).Series.ShouldBe("C" + series);
    }

    [Fact]
    public void An_order_keeps_its_documents_as_it_is_stored_and_when_its_account_goes()
    {
        var order = Invoiced.With(Refund(amount: 1_000)).Issued();
        var read = OrderEntity.Of(Restriction.Restrict(order)).ToOrder();
        read.Documents.Select(document => (document.Kind, document.Number, document.Gross, document.Vat, document.Facts.Single()))
            .ShouldBe([(DocumentKind.Invoice, "2026-000001", 12_000, 2_000, "capture:stripe:pi_1"), (DocumentKind.CreditNote, "C2026-000001", 1_000, 167, "refund:stripe:re_1")]);
        DueDocuments.AnyOf(read).ShouldBeFalse();
        DueDocuments.AnyOf(SalesDocument.AddDue(Paid, new())).ShouldBeTrue("it has no number yet");
        var full = Enumerable.Range(0, Order.MostLedgerEntries).Aggregate(order with { Documents = [order.Documents[0]] }, (current, i) => current.With(Refund($"re_{i:D30}", amount: 10)));
        OrderEntity.Of(full.Issued()).ToOrder().Documents.Length.ShouldBe(Order.MostLedgerEntries);
    }
}
