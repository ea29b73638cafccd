using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Invoices;

/// <summary>A document as PDF. Pure.</summary>
public static class DocumentPdf
{
    private static readonly double[] GoodsEdges = [PdfPaper.Left, 305, 360, 425, 475, PdfPaper.Right];
    private static readonly double[] TotalsEdges = [PdfPaper.Left, 305, 385, 465, PdfPaper.Right];

    public static byte[] Of(DocumentView document)
    {
        using var paper = new PdfPaper(DocumentWords.Title(document));
        Head(paper, document);
        Goods(paper, document);
        foreach (var remark in DocumentWords.Remarks(document)) paper.Text(remark);

        paper.Y += 14;
        paper.Row(TotalsEdges, [.. DocumentWords.TotalColumns], isStrong: true);
        paper.Rule();
        foreach (var total in document.Totals) paper.Row(TotalsEdges, [DocumentWords.Rate(total.VatRate), Sum(total.Net), Sum(total.Vat), Sum(total.Gross)]);
        paper.Rule();
        paper.Row(TotalsEdges, [DocumentWords.Total(document), Sum(document.Net), Sum(document.Vat), Sum(document.Gross)], isStrong: true);
        paper.Y += 8;
        if (document.Customer is not null) paper.Text(DocumentWords.Keep);
        return paper.Finish();
    }

    /// <summary>Seller, customer and the facts, side by side.</summary>
    private static void Head(PdfPaper paper, DocumentView document)
    {
        var columns = new (string Title, string[] Lines)[]
        {
            ("From", [document.Seller.Name, .. document.Seller.AddressLines(), $"VAT number {document.Seller.VatNumber}"]),
            ("To", [.. document.Customer ?? [DocumentWords.NoCustomer]]),
            ("", [.. DocumentWords.Head(document).Select(fact => $"{fact.Label}: {fact.Value}")]),
        };
        var (top, lowest) = (paper.Y, paper.Y);
        foreach (var (index, column) in columns.Index())
        {
            var (left, right) = (PdfPaper.Left + (index * 165), PdfPaper.Left + (index * 165) + 157);
            var y = paper.Write(column.Title, left, right, top, isStrong: true);
            foreach (var line in column.Lines) y = paper.Write(line, left, right, y);
            lowest = Math.Max(lowest, y);
        }

        paper.Y = lowest + 20;
    }

    private static void Goods(PdfPaper paper, DocumentView document)
    {
        paper.Row(GoodsEdges, [DocumentWords.Goods(document), .. DocumentWords.LineColumns], isStrong: true);
        paper.Rule();
        foreach (var line in document.Lines)
            paper.Row(GoodsEdges, [$"{line.Name} ({line.Sku})", $"{line.Quantity}", Sum(line.UnitNet), DocumentWords.Rate(line.VatRate), Sum(line.Net)]);
        paper.Rule();
    }

    private static string Sum(Money money) => Currencies.ToText(money);
}
