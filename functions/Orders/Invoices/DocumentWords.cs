using System.Collections.Immutable;
using System.Globalization;
using Shop.Functions.Accounts;
using Shop.Functions.Orders.Refunds;
using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Invoices;

/// <summary>What the page and the PDF of a document say in words. Pure.</summary>
public static class DocumentWords
{
    /// <summary>Law has the customer keep their own; the shop does not keep an address for as long as a sale.</summary>
    public const string Keep = "Please keep this document: we delete your name and address before the rest of it.";

    public const string NoCustomer = "The customer's name and address are no longer held.";

    /// <summary>A VAT invoice is one of the United Kingdom's VAT.</summary>
    public static string Title(DocumentView document) => $"{document switch
    {
        { Kind: DocumentKind.CreditNote } => "Credit note",
        { VatTreatment: VatTreatment.OneStopShop } => "Invoice",
        _ => "VAT invoice",
    }} {document.Number}";

    /// <summary>The facts at its head, with what each is called.</summary>
    public static IEnumerable<(string Label, string Value)> Head(DocumentView document)
    {
        yield return ("Date of issue", Day(document.IssuedOn));
        yield return ("Tax point", Day(document.TaxPoint));
        if (document.Invoice is { } invoice) yield return ("For invoice", $"{invoice.Number} of {Day(invoice.IssuedOn)}");
        if (document.Country is { } country) yield return ("Delivery to", Countries.NameOf(country));
        yield return ("Order", document.OrderNumber);
        if (document.PurchaseOrderNumber is { } own) yield return ("Your order number", own);
    }

    /// <returns>What the lines do not say: why a credit note was issued and what it is for, why an invoice comes to less than they do, and whose VAT it is where it is not the United Kingdom's.</returns>
    public static IEnumerable<string> Remarks(DocumentView document)
    {
        if (WhyOf(document.Reason) is { } why) yield return $"Reason: {why}.";
        if (document.Kind == DocumentKind.CreditNote)
        {
            foreach (var what in CreditOf(document)) yield return what;
        }
        else if (document.Reduction is { } less)
        {
            yield return $"Price reduced by {Currencies.ToText(less)} with VAT, taken from each rate of VAT in proportion.";
        }

        if (document is { VatTreatment: VatTreatment.OneStopShop, Country: { } member })
            yield return $"The VAT is that of the member state of the European Union where the goods are delivered ({Countries.NameOf(member)}). It is declared under the EU one-stop shop{(document.Seller.OneStopShopNumber is { } number ? $", number {number}" : "")}.";
        if (document.VatTreatment == VatTreatment.Exported) yield return "The goods are exported from the United Kingdom and zero-rated: no VAT is charged.";
    }

    private static IEnumerable<string> CreditOf(DocumentView document)
    {
        var (sum, invoice) = (Currencies.ToText(document.Gross), document.Invoice is { } about ? $" of invoice {about.Number}" : "");
        if (document.IsForOrder == true)
        {
            var what = document.Reason == CreditReasons.NothingSupplied ? $"Credit of {sum}" : $"Refund of {sum} of what was paid";
            yield return $"{what} for the goods {(invoice.Length > 0 ? invoice[1..] : "above")}, taken from each rate of VAT in proportion.";
            yield break;
        }

        yield return $"Refund of {sum} for what is listed above{invoice}.";
        if (document.Reduction is { } less) yield return $"That is {Currencies.ToText(less)} with VAT less than its price; this note does not credit that.";
        if (document.Totals.Any(total => document.Lines.All(line => line.VatRate != total.VatRate)))
            yield return "What had been credited at its rates of VAT before was taken from the others of the invoice.";
    }

    /// <returns>Null where nobody knows, or where the reason is none that anybody could read.</returns>
    public static string? WhyOf(string? reason) => reason switch
    {
        RefundReasons.Returned => "the goods were returned",
        RefundReasons.Faulty => "the goods were faulty",
        RefundReasons.NotReceived => "the goods were not received",
        RefundReasons.WrongItem => "the wrong goods were sent",
        RefundReasons.Price => "the price was reduced",
        RefundReasons.Goodwill => "a goodwill payment",
        CreditReasons.OrderCancelled => "the order was cancelled",
        CreditReasons.NothingSupplied => "the order was cancelled and nothing of it was supplied",
        _ => null,
    };

    /// <returns>What its lines are called.</returns>
    public static string Goods(DocumentView document) => document switch
    {
        { Kind: DocumentKind.Invoice } => "Goods",
        { IsForOrder: true } => "Goods of the invoice",
        _ => "Credited",
    };

    /// <summary>What of a line stands beside what it is.</summary>
    public static ImmutableArray<string> LineColumns { get; } = ["Quantity", "Unit price without VAT", "VAT rate", "Net"];

    /// <summary>What the document comes to at a rate, and in all.</summary>
    public static ImmutableArray<string> TotalColumns { get; } = ["VAT rate", "Net", "VAT", "Total"];

    public static string Total(DocumentView document) => document.Kind == DocumentKind.Invoice ? "Total" : "Total credited";

    public static string Rate(decimal rate) => rate.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
