using System.Collections.Immutable;
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
        // What was paid and is taken back before anybody looked is a debt as it is afterwards, and its tax is due.
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
    /// For refunds that have arrived. Money is money, whichever payment it came by: what is here beyond the price is nobody's
    /// price, so it goes back first and without a note. What is to be credited is a sum over all refunds, so that it comes to the
    /// same in whatever order they are heard of, and when a refund takes the place of one that failed after all was credited.
    /// </summary>
    /// <param name="paying">The captures that pay the order: of others, what a bank took is gone of what is beyond the price.</param>
    private static ImmutableArray<DueDocument> CreditNotes(
        Order order, ImmutableArray<CaptureAccount> captures, ImmutableHashSet<string> paying, ImmutableArray<VatTotal> invoiced)
    {
        var counted = captures.Where(capture => capture.Fact.Currency == Currency && (paying.Contains(capture.Key) || HasCome(capture))).ToImmutableArray();
        var beyond = counted.Sum(capture => capture.Fact.Amount - (paying.Contains(capture.Key) ? 0 : capture.Withdrawn)) - invoiced.Sum(total => total.Gross);
        var refunds = counted.SelectMany(capture => capture.About)
            .Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded, Currency: Currency })
            .OrderBy(fact => fact.At).ThenBy(fact => fact.Key, StringComparer.Ordinal).ToImmutableArray();
        var notes = order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).ToImmutableArray();
        var known = notes.SelectMany(note => note.Facts).ToHashSet();
        var credited = notes.SelectMany(note => note.Totals).ToList();
        var open = Math.Min(refunds.Sum(refund => refund.Amount) - Math.Max(beyond, 0), invoiced.Sum(total => total.Gross)) - credited.Sum(total => total.Gross);

        // The latest take what is open: those before them were of what is beyond.
        var due = new Stack<(LedgerEntry Refund, long Amount)>();
        foreach (var refund in refunds.Where(refund => !known.Contains(refund.Key)).Reverse())
        {
            var amount = Math.Min(refund.Amount, open);
            if (amount <= 0) break;
            due.Push((refund, amount));
            open -= amount;
        }

        var documents = ImmutableArray.CreateBuilder<DueDocument>();
        foreach (var (refund, amount) in due)
        {
            var totals = VatApportionment.Of(invoiced, credited, amount);
            documents.Add(new(DocumentKind.CreditNote, [refund.Key], refund.At, totals));
            credited.AddRange(totals);
        }

        return documents.ToImmutable();
    }

    private static bool HasCome(CaptureAccount capture) => capture is { Fact.Status: FactStatus.Completed, IsWhollyReversed: false };
}
