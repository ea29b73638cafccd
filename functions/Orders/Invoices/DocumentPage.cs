using System.Globalization;
using System.Text;
using Shop.Functions.Platform;
using static Shop.Functions.Platform.Http.HtmlPage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>A document as a page that is fit for print. Pure.</summary>
public static class DocumentPage
{
    public static string Body(DocumentView document)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<table><tr><th>From</th><th>To</th><th></th></tr>\n<tr><td>{Lines([document.Seller.Name, .. document.Seller.AddressLines(), $"VAT number {document.Seller.VatNumber}"])}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td>{Lines(document.Customer ?? [DocumentWords.NoCustomer])}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td>{string.Join("<br>", DocumentWords.Head(document).Select(fact => $"{Encode(fact.Label)}: {Encode(fact.Value)}"))}</td></tr></table>\n");
        page.Append(Goods(document));
        foreach (var remark in DocumentWords.Remarks(document)) page.Append(CultureInfo.InvariantCulture, $"<p>{Encode(remark)}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h2>VAT</h2>\n<table>{Heading(DocumentWords.TotalColumns)}");
        foreach (var total in document.Totals) page.Append(Row(DocumentWords.Rate(total.VatRate), total.Net, total.Vat, total.Gross));
        return page.Append(Row(DocumentWords.Total(document), document.Net, document.Vat, document.Gross)).Append("</table>")
            .Append(document.Customer is null ? "" : $"\n<p>{DocumentWords.Keep}</p>").ToString();
    }

    private static string Goods(DocumentView document)
    {
        var table = new StringBuilder($"<h2>{DocumentWords.Goods(document)}</h2>\n<table>{Heading(["Description", .. DocumentWords.LineColumns])}");
        foreach (var line in document.Lines)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Encode(line.Name)} ({Encode(line.Sku)})</td><td class=\"sum\">{line.Quantity}</td><td class=\"sum\">{Sum(line.UnitNet)}</td>");
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"sum\">{DocumentWords.Rate(line.VatRate)}</td><td class=\"sum\">{Sum(line.Net)}</td></tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private static string Heading(IEnumerable<string> columns) =>
        $"<tr>{string.Concat(columns.Select((column, index) => $"<th{(index == 0 ? "" : " class=\"sum\"")}>{Encode(column)}</th>"))}</tr>\n";

    private static string Row(string label, Money net, Money vat, Money gross) =>
        $"<tr><td>{Encode(label)}</td><td class=\"sum\">{Sum(net)}</td><td class=\"sum\">{Sum(vat)}</td><td class=\"sum\">{Sum(gross)}</td></tr>\n";

    private static string Lines(IEnumerable<string> lines) => string.Join("<br>", lines.Select(Encode));

    private static string Sum(Money money) => Encode(Currencies.ToText(money));
}
