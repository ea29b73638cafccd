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
        if (order.Documents.FirstOrDefault(document => document.Kind == DocumentKind.Invoice) is { } invoice)
            return CreditNotes(order, invoice.Facts, invoice.Totals);
        return Invoice(order) is { } due ? [due, .. CreditNotes(order, due.Facts, due.Totals)] : [];
    }

    /// <summary>An order that has ended without an invoice is no sale: whatever came for it goes back.</summary>
    private static DueDocument? Invoice(Order order)
    {
        if (MoneyRules.Paying(order, CaptureAccount.AllOf(order)) is not { } paying) return null;
        var paid = order.Ledger.Where(fact => paying.Contains(fact.Key)).ToImmutableArray();
        var totals = order.Lines.GroupBy(line => line.VatBasisPoints).OrderByDescending(rate => rate.Key)
            .Select(rate => new VatTotal(rate.Key, rate.Sum(line => line.Net), rate.Sum(line => line.Vat))).ToImmutableArray();
        return paid.IsEmpty ? null : new(DocumentKind.Invoice, [.. paid.Select(fact => fact.Key)], paid.Max(fact => fact.At), totals);
    }

    /// <summary>
    /// One for each refund that has arrived. What was paid beyond the price is nobody's price, so it goes back first and without
    /// one; and what a refund gives back that takes the place of one that failed after all was credited with that.
    /// </summary>
    private static ImmutableArray<DueDocument> CreditNotes(Order order, ImmutableArray<string> captures, ImmutableArray<VatTotal> invoiced)
    {
        var price = invoiced.Sum(total => total.Gross);
        var paid = order.Ledger.Where(fact => fact.Currency == Currency && captures.Contains(fact.Key)).Sum(fact => fact.Amount);
        var refunds = order.Ledger
            .Where(fact => fact is { Kind: FactKind.Refund, Status: FactStatus.Succeeded, Currency: Currency } && fact.Parent is { } capture && captures.Contains(capture))
            .OrderBy(fact => fact.At).ThenBy(fact => fact.Key, StringComparer.Ordinal).ToImmutableArray();
        var notes = order.Documents.Where(document => document.Kind == DocumentKind.CreditNote).ToImmutableArray();
        var known = notes.SelectMany(note => note.Facts).ToHashSet();
        var credited = notes.SelectMany(note => note.Totals).ToList();
        var open = PriceIn(refunds.Sum(refund => refund.Amount)) - credited.Sum(total => total.Gross);

        var due = ImmutableArray.CreateBuilder<DueDocument>();
        var sent = 0L;
        foreach (var refund in refunds)
        {
            var amount = Math.Min(PriceIn(sent + refund.Amount) - PriceIn(sent), open);
            sent += refund.Amount;
            if (amount <= 0 || known.Contains(refund.Key)) continue;
            var totals = VatApportionment.Of(invoiced, credited, amount);
            due.Add(new(DocumentKind.CreditNote, [refund.Key], refund.At, totals));
            credited.AddRange(totals);
            open -= amount;
        }

        return due.ToImmutable();

        long PriceIn(long sum) => Math.Clamp(sum - Math.Max(paid - price, 0), 0, price);
    }
}
