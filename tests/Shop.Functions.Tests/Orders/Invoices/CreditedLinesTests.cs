using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using Shop.Functions.Orders.Shipments;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.Refunds.RefundLinesTests;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Invoices;

/// <summary>What a refund that names lines is credited at: their rates, and their tax to the penny.</summary>
public sealed class CreditedLinesTests
{
    /// <summary>Invoiced: 13679 at 20 % of 2280, 1560 at 0 %.</summary>
    private static readonly Order Invoiced = Several.With(Capture(amount: Several.Gross)).Issued();

    private static readonly Order Ups = Promised(Invoiced, "a", null, ("UPS-1500", 1));
    private static readonly Order UpsAndBooks = Promised(Invoiced, "a", null, ("UPS-1500", 1), ("BOOK", 3));
    private static readonly Order Accepted = Several.With(Capture(amount: 10_000)).Resolved(ReviewChoice.Accept).Issued();
    private static readonly Order TooMuch = Several.With(Capture(amount: 20_000)).Resolved(ReviewChoice.Accept).Issued();

    public static TheoryData<string, Order, string> Rows => new()
    {
        { "a line of several has gone back", Ups.With(Refund(reference: "a")), "12000 of 2000 at 20" },
        { "… of another rate", Promised(Invoiced, "a", null, ("BOOK", 2)).With(Refund(amount: 1_000, reference: "a")), "1000 of 0 at 0" },
        { "one of three cables", Promised(Invoiced, "a", null, ("CABLE", 1)).With(Refund(amount: 399, reference: "a")), "399 of 66 at 20" },
        { "lines of two rates", UpsAndBooks.With(Refund(amount: 13_500, reference: "a")), "12000 of 2000 at 20 and 1500 of 0 at 0" },
        { "… for less than they come to", Promised(Invoiced, "a", new(6_750, "GBP"), ("UPS-1500", 1), ("BOOK", 3)).With(Refund(amount: 6_750, reference: "a")), "6000 of 1000 at 20 and 750 of 0 at 0" },
        { "… from two payments", UpsAndBooks.With(Refund(amount: 5_000, reference: "a"), Refund("re_2", amount: 8_500, minute: 3, reference: "a")), "4444 of 741 at 20 and 556 of 0 at 0, 7556 of 1259 at 20 and 944 of 0 at 0" },
        { "… of which one is heard of after the other was credited", UpsAndBooks.With(Refund("re_2", amount: 8_500, minute: 3, reference: "a")).Issued().With(Refund(amount: 5_000, reference: "a")), "4444 of 741 at 20 and 556 of 0 at 0" },
        { "the delivery", Promised(Invoiced, "a", null, ("delivery", 1)).With(Refund(amount: 540, reference: "a")), "480 of 80 at 20 and 60 of 0 at 0" },
        { "it failed, and was made again", Ups.With(Refund(reference: "a", status: FactStatus.Failed), Refund("re_2", minute: 4, reference: "a")), "12000 of 2000 at 20" },
        { "it failed after it was credited, and was made again", Ups.With(Refund(reference: "a")).Issued().With(Refund(reference: "a", status: FactStatus.Failed), Refund("re_2", minute: 4, reference: "a")), "" },
        { "somebody refunds it at the provider", Ups.With(Refund()), "10772 of 1795 at 20 and 1228 of 0 at 0" },
        { "the promise names no line", Invoiced.With(Request("a")).With(Refund(reference: "a")), "10772 of 1795 at 20 and 1228 of 0 at 0" },
        { "what was at its rate is credited in part", Promised(Invoiced.With(Refund(amount: 3_239)).Issued(), "a", new(12_000, "GBP"), ("UPS-1500", 1)).With(Refund("re_2", minute: 3, reference: "a")), "10772 of 1795 at 20 and 1228 of 0 at 0" },
        { "the rest goes back for no line in particular", Ups.With(Refund(reference: "a")).Issued().With(Refund("re_2", amount: 3_239, minute: 3)), "1679 of 280 at 20 and 1560 of 0 at 0" },
        { "less was accepted than it cost", Promised(Accepted, "a", new(9_000, "GBP"), ("UPS-1500", 1)).With(Refund(amount: 9_000, reference: "a")), "8976 of 1496 at 20 and 24 of 0 at 0" },
        { "more was, and what names lines is no part of what is beyond", Promised(TooMuch, "a", null, ("BOOK", 3)).With(Refund(amount: 1_500, reference: "a")), "1500 of 0 at 0" },
        { "… but what names none is", Promised(TooMuch, "a", null, ("BOOK", 3)).With(Refund("re_2", amount: 4_761, minute: 4)), "" },
        { "it ended with nothing sent, and all goes back", (Ups.With(Refund(reference: "a")) with { Closed = Cancelled.Closed }).With(Refund("re_2", amount: 3_239, minute: 90, reference: "surplus")), "12000 of 2000 at 20, 1679 of 280 at 20 and 1560 of 0 at 0" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_refund_is_credited_at_the_rates_of_its_lines(string what, Order order, string due) => string.Join(", ", DueDocuments.Of(order).Select(document =>
        string.Join(" and ", document.Totals.Select(total => $"{total.Gross} of {total.Vat} at {total.VatBasisPoints / 100}")))).ShouldBe(due, what);

    /// <summary>Whatever is promised for lines and otherwise, in however many parts it goes back, whichever of them fail first, and whatever people refund at the provider.</summary>
    [Fact]
    public void In_whatever_order_refunds_are_heard_of_no_rate_is_credited_beyond_its_invoice_and_all_of_it_once_all_is_back() =>
        Properties.Holds(Cases, it =>
        {
            var (one, other) = (Heard(it.Order, it.Facts, it.IssuedEachTime), Heard(it.Order, it.Again, it.IssuedEachTime));
            var invoice = one.Documents[0].Totals;
            var (credited, otherwise) = (Credited(one), Credited(other));
            credited.Sum(total => total.Gross).ShouldBe(it.Facts.Where(fact => fact.Status == FactStatus.Succeeded).Sum(fact => fact.Amount));
            foreach (var ((total, mine), theirs) in invoice.Zip(credited).Zip(otherwise))
            {
                (mine.Net, mine.Vat).ShouldSatisfyAllConditions(part => part.Net.ShouldBeInRange(0, total.Net), part => part.Vat.ShouldBeInRange(0, total.Vat));
                if (it.IsAll) mine.ShouldBe(total);
                // Each note is whole pennies, so that as many can lie between two histories as there are notes.
                Math.Abs(mine.Gross - theirs.Gross).ShouldBeLessThanOrEqualTo(it.IssuedEachTime ? one.Documents.Length : 0);
            }

            if (!it.IssuedEachTime) other.Documents.SelectMany(document => document.Totals).ShouldBe(one.Documents.SelectMany(document => document.Totals));
            foreach (var order in new[] { one, other }) ShouldBeOfTheirLines(order);
        });

    /// <summary>A note for lines has another rate only once what was invoiced at one of theirs is credited.</summary>
    private static void ShouldBeOfTheirLines(Order order)
    {
        var credited = Credited(order).ToDictionary(total => total.VatBasisPoints);
        foreach (var note in order.Documents.Where(document => document.RefundId is not null))
        {
            var rates = order.RefundPromises.Single(promise => promise.Id == note.RefundId).Lines!.Value.Select(part => order.Lines[part.Line].VatBasisPoints).ToHashSet();
            if (note.Totals.Any(total => !rates.Contains(total.VatBasisPoints)))
                order.Documents[0].Totals.ShouldContain(total => rates.Contains(total.VatBasisPoints) && credited[total.VatBasisPoints].Gross == total.Gross, note.Number);
        }
    }

    private static Order Heard(Order order, ImmutableArray<LedgerEntry> facts, bool issuedEachTime) =>
        facts.Aggregate(order, (current, fact) => issuedEachTime ? current.With(fact).With(fact).Issued() : current.With(fact)).Issued();

    private static ImmutableArray<VatTotal> Credited(Order order) => [.. order.Documents[0].Totals.Select(total => VatCredit.SumOf(
        order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).Select(note => new VatCredit(note.RefundId, note.Totals)), total.VatBasisPoints))];

    private sealed record Case(Order Order, ImmutableArray<LedgerEntry> Facts, ImmutableArray<LedgerEntry> Again, bool IssuedEachTime, bool IsAll);

    private static readonly Gen<OrderLine> Lines =
        from quantity in Gen.Choose(1, 4)
        from unit in Gen.Choose(1, 3_000)
        from rate in Gen.Elements(2_000, 500, 0)
        let vat = Vat.On(unit * quantity, rate)
        select new OrderLine("", "Shelf", quantity, unit, rate, unit * quantity, vat, (unit * quantity) + vat);

    /// <summary>Which lines it names (none for a refund of the order as a whole), by what share of their price, in how many parts, and whether a try fails first.</summary>
    private static readonly Gen<(int[] Quantities, int Share, bool InParts, bool Fails)> Wishes =
        from quantities in Gen.Choose(0, 2).ArrayOf(5)
        from share in Gen.Elements(100, 100, 100, 40)
        from parts in Gen.Elements(true, false)
        from fails in Gen.Elements(true, false)
        select (quantities, share, parts, fails);

    private static readonly Gen<Case> Cases =
        from lines in Lines.ListOf(5)
        from wishes in Wishes.ListOf(4)
        from all in Gen.Elements(true, false)
        let story = Story([.. lines.Select((line, i) => line with { Sku = $"SKU-{i}" })], wishes, all)
        from facts in Gen.Shuffle(story.Facts.ToArray())
        from again in Gen.Shuffle(story.Facts.ToArray())
        from each in Gen.Elements(true, false)
        select new Case(story.Order, [.. facts], [.. again], each, all);

    private static (Order Order, ImmutableArray<LedgerEntry> Facts) Story(ImmutableArray<OrderLine> lines, IReadOnlyList<(int[] Quantities, int Share, bool InParts, bool Fails)> wishes, bool all)
    {
        var order = Unpaid with { Lines = lines, Net = lines.Sum(line => line.Net), Vat = lines.Sum(line => line.Vat), Gross = lines.Sum(line => line.Gross) };
        order = order.With(Capture(amount: order.Gross)).Issued();
        var facts = ImmutableArray.CreateBuilder<LedgerEntry>();
        foreach (var (quantities, share, inParts, fails) in wishes)
        {
            var items = lines.Index().Where(line => quantities[line.Index] > 0).Select(line => new ShipmentItem(line.Item.Sku, quantities[line.Index])).ToImmutableArray();
            var (id, left) = ($"p{order.RefundPromises.Length}", Settlement.Of(order).Refundable.GetValueOrDefault("GBP"));
            var price = items.IsEmpty ? left : RefundLines.Of(order, items).Lines.Sum(part => part.Gross);
            var amount = Math.Min(left, price * share / 100);
            if (amount == 0) continue;
            if (RefundDecision.Of(order, new("returned", new(amount, "GBP"), Lines: items.IsEmpty ? null : items), id, "grace", Noon.AddMinutes(order.RefundPromises.Length), []) is not RefundDecision.Promise promised) continue;
            order = promised.Order;
            if (fails) Add(amount, FactStatus.Failed, id);
            if (inParts && amount > 1) Add(amount / 3, FactStatus.Succeeded, id);
            Add(inParts && amount > 1 ? amount - (amount / 3) : amount, FactStatus.Succeeded, id);
        }

        if (all) Add(order.Gross - facts.Where(fact => fact.Status == FactStatus.Succeeded).Sum(fact => fact.Amount), FactStatus.Succeeded, null);
        return (order, facts.ToImmutable());

        void Add(long amount, FactStatus status, string? reference)
        {
            if (amount > 0) facts.Add(Refund($"re_{facts.Count}", status: status, amount: amount, minute: 2 + facts.Count, reference: reference));
        }
    }
}
