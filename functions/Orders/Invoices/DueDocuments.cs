using System.Collections.Immutable;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// Which invoice and credit notes an order should have by its facts, and has not. functions/README.md has the rules as a
/// table. Pure; what is on the order already stays as it is, whatever is heard later.
/// </summary>
public static class DueDocuments
{
    /// <summary>Tax must be stated in sterling: a sale in another currency is invoiced elsewhere.</summary>
    public const string Currency = "GBP";

    /// <returns>Whether there is something to issue: due, or on the order without its number.</returns>
    public static bool AnyOf(Order order) => order.Documents.Any(document => document.Number is null) || !Of(order).IsEmpty;

    public static ImmutableArray<DueDocument> Of(Order order)
    {
        if (order.Currency != Currency) return [];
        var captures = CaptureAccount.AllOf(order);
        if (order.Documents.FirstOrDefault(document => document.Kind == DocumentKind.Invoice) is { } invoice)
            return CreditNotes(order, captures, MoneyRules.Paying(order, captures) ?? [.. invoice.Facts], invoice.Totals);
        // What was paid and is taken back before anybody looked is a debt as it is afterwards, and its tax is due until the order ends.
        return MoneyRules.MadeSale(order, captures) is { } paying && Invoice(order, captures, paying) is { } due ? [due, .. CreditNotes(order, captures, paying, due.Totals)] : [];
    }

    /// <summary>
    /// An order that has ended without an invoice is no sale: whatever came for it goes back. Less than the price, once a person
    /// has accepted it, is the price; and what another currency was worth in sterling nobody here knows.
    /// </summary>
    private static DueDocument? Invoice(Order order, ImmutableArray<CaptureAccount> captures, ImmutableHashSet<string> paying)
    {
        var paid = captures.Where(capture => paying.Contains(capture.Key)).Select(capture => capture.Fact).ToImmutableArray();
        if (paid.IsEmpty || paid.Any(fact => fact.Currency != Currency)) return null;
        var totals = order.Lines.GroupBy(line => line.VatBasisPoints).OrderByDescending(rate => rate.Key)
            .Select(rate => new VatTotal(rate.Key, rate.Sum(line => line.Net), rate.Sum(line => line.Vat))).ToImmutableArray();
        var accepted = paid.Sum(fact => fact.Amount);
        return new(
            DocumentKind.Invoice,
            [.. paid.Select(fact => fact.Key)],
            paid.Max(fact => fact.At),
            accepted < totals.Sum(total => total.Gross) ? VatApportionment.Of(totals, [], accepted) : totals);
    }

    /// <summary>
    /// For money that has gone back. What is to be credited is a sum over all of it, so that it comes to the same in whatever order it
    /// is heard of, and when a refund takes the place of one that failed after all was credited.
    /// </summary>
    /// <param name="paying">The captures that pay the order.</param>
    private static ImmutableArray<DueDocument> CreditNotes(
        Order order, ImmutableArray<CaptureAccount> captures, ImmutableHashSet<string> paying, ImmutableArray<VatTotal> invoiced)
    {
        var isSupplied = order.Closed is null || order.HasShipped;
        var naming = order.RefundPromises.Where(promise => promise.Lines is not null).ToDictionary(promise => promise.Id);
        RefundPromise? Naming(LedgerEntry fact) => fact is { Kind: FactKind.Refund, Reference: { } id } ? naming.GetValueOrDefault(id) : null;
        var (taken, facts) = isSupplied ? Refunded(captures, paying, invoiced, fact => Naming(fact) is not null) : Gone(captures, invoiced);
        var notes = order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).ToImmutableArray();
        var known = notes.ToLookup(note => note.Facts[0], note => note.Gross);
        var credited = notes.Select(note => new VatCredit(note.RefundId, note.Totals)).ToList();
        var open = Math.Min(taken, invoiced.Sum(total => total.Gross)) - notes.Sum(note => note.Gross);

        // What names lines is of the price, and of the others the latest take what is open: those before them were of what is beyond. One that has
        // its note is credited again only for what no other accounts for: a dispute can be lost by more than was said first.
        var due = new List<(LedgerEntry Fact, long Amount)>();
        foreach (var fact in facts.OrderBy(fact => known.Contains(fact.Key))
            .ThenByDescending(fact => Naming(fact) is not null).ThenByDescending(fact => fact.At).ThenByDescending(fact => fact.Key, StringComparer.Ordinal))
        {
            var amount = Math.Min(fact.Amount - known[fact.Key].Sum(), open);
            if (amount <= 0) continue;
            due.Add((fact, amount));
            open -= amount;
        }

        var documents = ImmutableArray.CreateBuilder<DueDocument>();
        foreach (var (fact, amount) in due.OrderBy(it => it.Fact.At).ThenBy(it => it.Fact.Key, StringComparer.Ordinal))
        {
            var lines = Naming(fact) is { } promise ? new VatCredit(promise.Id, RefundLines.TotalsOf(order, promise.Lines!.Value)) : null;
            var totals = VatApportionment.Of(invoiced, [.. credited], amount, lines);
            documents.Add(new(DocumentKind.CreditNote, [fact.Key], TaxPointOf(fact, order.Closed), totals, lines?.RefundId));
            credited.Add(new(lines?.RefundId, totals));
        }

        return documents.ToImmutable();
    }

    /// <summary>
    /// What refunds have reduced the price by; what a bank took has not. Money is money, whichever payment it came by: what is here
    /// beyond the price is nobody's price, so it goes back first and without a note. But what names lines is their price.
    /// </summary>
    private static (long Taken, IEnumerable<LedgerEntry> Facts) Refunded(
        ImmutableArray<CaptureAccount> captures, ImmutableHashSet<string> paying, ImmutableArray<VatTotal> invoiced, Func<LedgerEntry, bool> namesLines)
    {
        var counted = captures.Where(capture => capture.Fact.Currency == Currency && (paying.Contains(capture.Key) || HasCome(capture))).ToImmutableArray();
        var refunds = counted.SelectMany(capture => capture.About).Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded, Currency: Currency }).ToImmutableArray();
        var unnamed = refunds.Where(refund => !namesLines(refund)).ToLookup(refund => refund.Parent, refund => refund.Amount);
        // Of captures that do not pay the order, what a bank took is gone of what is beyond the price; but not what was refunded of them
        // before: that it took the same again is the shop's loss, and makes no price of that refund.
        var beyond = counted.Sum(capture => paying.Contains(capture.Key)
            ? capture.Fact.Amount
            : Math.Max(capture.Fact.Amount - capture.Withdrawn, Math.Min(capture.Fact.Amount, unnamed[capture.Key].Sum()))) - invoiced.Sum(total => total.Gross);
        var others = unnamed.Sum(those => those.Sum());
        return (refunds.Where(namesLines).Sum(refund => refund.Amount) + Math.Max(0, others - Math.Max(beyond, 0)), refunds);
    }

    /// <summary>Of an order that ended with nothing sent there was no supply, so what is not here any more is credited, whoever took it.</summary>
    private static (long Taken, IEnumerable<LedgerEntry> Facts) Gone(ImmutableArray<CaptureAccount> captures, ImmutableArray<VatTotal> invoiced)
    {
        var come = captures.Where(capture => capture.Fact is { Status: FactStatus.Completed or FactStatus.Reversed, Currency: Currency }).ToImmutableArray();
        var taking = come.SelectMany(capture => capture.About.Add(capture.Fact)).Where(fact => fact.Currency == Currency && Takes(fact));
        return (invoiced.Sum(total => total.Gross) - come.Sum(capture => capture.Kept), taking);
    }

    private static bool Takes(LedgerEntry fact) =>
        fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded } or { Kind: FactKind.Dispute, Status: FactStatus.Lost }
            or { Kind: FactKind.Reversal } or { Kind: FactKind.Capture, Status: FactStatus.Reversed };

    /// <summary>What a bank took before the order ended was a debt until then.</summary>
    private static DateTimeOffset TaxPointOf(LedgerEntry fact, Closing? closed) =>
        fact.Kind != FactKind.Refund && closed is { At: var end } && end > fact.At ? end : fact.At;

    private static bool HasCome(CaptureAccount capture) => capture is { Fact.Status: FactStatus.Completed, IsWhollyReversed: false };
}
