using System.Globalization;

namespace Shop.Functions.Orders.Invoices;

/// <summary>What the page and the PDF of a document say in words. Pure.</summary>
public static class DocumentWords
{
    public const string NoCustomer = "The customer's name and address are no longer held.";

    public static string Title(DocumentView document) => $"{(document.Kind == DocumentKind.Invoice ? "VAT invoice" : "Credit note")} {document.Number}";

    /// <summary>The facts at its head, with what each is called.</summary>
    public static IEnumerable<(string Label, string Value)> Head(DocumentView document)
    {
        yield return ("Date of issue", Day(document.IssuedOn));
        yield return ("Tax point", Day(document.TaxPoint));
        if (document.Invoice is { } invoice) yield return ("For invoice", $"{invoice.Number} of {Day(invoice.IssuedOn)}");
        yield return ("Order", document.OrderNumber);
        if (document.PurchaseOrderNumber is { } own) yield return ("Your order number", own);
    }

    /// <returns>What a credit note is for; an invoice has its lines.</returns>
    public static string Reason(DocumentView document) =>
        $"Refund of {(document.Invoice is { } invoice ? $"what was paid for the goods of invoice {invoice.Number}" : "what was paid")}, taken from each rate of VAT in proportion.";

    public static string Rate(decimal rate) => rate.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
