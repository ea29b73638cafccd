using System.Net;
using System.Text.RegularExpressions;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace Shop.Functions.Tests.Orders.Invoices;

/// <summary>What somebody reads who holds a document in their hands: the words of the page and of the PDF.</summary>
internal static class Paper
{
    public static InvoiceOptions Seller { get; } = new() { SellerName = "Example Ltd", SellerAddress = "1 Street, Town", VatNumber = "GB 123 4567 82", OneStopShopNumber = "IM2760000011" };

    public static DocumentView View(Order order, int place = 0) => DocumentView.Of(order, order.Documents[place], null, Seller, new());

    /// <returns>The page's words, with one space between them.</returns>
    public static string OfPage(DocumentView document) =>
        Words(WebUtility.HtmlDecode(Regex.Replace($"<h1>{WebUtility.HtmlEncode(DocumentWords.Title(document))}</h1>{DocumentPage.Body(document)}", "<[^>]*>", " ")));

    /// <returns>The PDF's words: as they were written, which keeps a column together, and then as they stand beside each other, which keeps a row together.</returns>
    public static string OfPdf(DocumentView document)
    {
        var pieces = Pieces(DocumentPdf.Of(document));
        var rows = pieces.OrderBy(piece => piece.Page).ThenByDescending(piece => Math.Round(piece.Box.Bottom)).ThenBy(piece => piece.Box.Left);
        return $"{Words(string.Join(' ', pieces.Select(piece => piece.Text)))}\n{Words(string.Join(' ', rows.Select(piece => piece.Text)))}";
    }

    /// <returns>Whatever was drawn at a time, and where: points from the lower left corner.</returns>
    public static IReadOnlyList<(int Page, string Text, PdfRectangle Box)> Pieces(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().SelectMany(page => page.Letters.GroupBy(letter => letter.TextSequence).Select(letters => (page.Number, TextOf(letters), BoxOf(letters))))];
    }

    private static string TextOf(IEnumerable<Letter> letters) => string.Concat(letters.Select(letter => letter.Value));

    /// <summary>From the base line on, as letters below it reach into no other line.</summary>
    private static PdfRectangle BoxOf(IEnumerable<Letter> letters) =>
        new(letters.Min(letter => letter.StartBaseLine.X), letters.Min(letter => letter.StartBaseLine.Y), letters.Max(letter => letter.EndBaseLine.X), letters.Min(letter => letter.StartBaseLine.Y) + letters.Max(letter => letter.PointSize));

    private static string Words(string text) => Regex.Replace(text, @"\s+", " ").Trim();
}
