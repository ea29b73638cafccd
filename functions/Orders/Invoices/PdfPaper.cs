using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Sheets of A4 on which text is set from top to bottom, in points; whoever comes to the end of one goes on with the next.</summary>
public sealed class PdfPaper : IDisposable
{
    public const double Left = 50;
    public const double Right = 545;
    private const double Top = 56;
    private const double Bottom = 770;
    private const double Size = 9.5;
    private const double LineHeight = 13;

    private static readonly XFont Plain = Font(Size, XFontStyleEx.Regular);
    private static readonly XFont Strong = Font(Size, XFontStyleEx.Bold);
    private static readonly XFont Large = Font(18, XFontStyleEx.Bold);

    private readonly PdfDocument _document = new();
    private readonly string _title;
    private XGraphics _sheet = null!;

    public PdfPaper(string title)
    {
        _title = title;
        _document.Info.Title = title;
        Turn();
    }

    /// <summary>Where the next line stands.</summary>
    public double Y { get; set; }

    /// <summary>Sets a text within a column, over as many lines as it needs.</summary>
    /// <returns>Where the line after it stands.</returns>
    public double Write(string text, double left, double right, double y, bool isStrong = false, bool toTheRight = false)
    {
        var font = isStrong ? Strong : Plain;
        foreach (var line in Wrap(text, font, right - left))
        {
            _sheet.DrawString(line, font, XBrushes.Black, toTheRight ? right - _sheet.MeasureString(line, font).Width : left, y);
            y += LineHeight;
        }

        return y;
    }

    /// <summary>Sets the cells of a row, each in its column, on the next sheet where this one has no room for the highest; all but the first stand at the right of theirs.</summary>
    public void Row(ReadOnlySpan<double> edges, ReadOnlySpan<string> cells, bool isStrong = false)
    {
        var lines = 1;
        for (var i = 0; i < cells.Length; i++) lines = Math.Max(lines, Wrap(cells[i], isStrong ? Strong : Plain, RightOf(edges, i) - edges[i]).Count());
        if (Y + (LineHeight * lines) > Bottom) Turn();
        for (var i = 1; i < cells.Length; i++) Write(cells[i], edges[i], RightOf(edges, i), Y, isStrong, toTheRight: true);
        Write(cells[0], edges[0], RightOf(edges, 0), Y, isStrong);
        Y += (LineHeight * lines) + 3;
    }

    /// <summary>A text over the whole width, on the next sheet where this one has no room for it.</summary>
    public void Text(string text)
    {
        if (Y + (LineHeight * Wrap(text, Plain, Right - Left).Count()) > Bottom) Turn();
        Y = Write(text, Left, Right, Y);
    }

    public void Rule()
    {
        _sheet.DrawLine(new XPen(XColors.Gray, 0.5), Left, Y - 10, Right, Y - 10);
        Y += 4;
    }

    public byte[] Finish()
    {
        _sheet.Dispose();
        for (var i = 0; i < _document.PageCount; i++)
        {
            using var foot = XGraphics.FromPdfPage(_document.Pages[i]);
            foot.DrawString($"{_title}, page {i + 1} of {_document.PageCount}", Plain, XBrushes.Gray, Left, 810);
        }

        using var file = new MemoryStream();
        _document.Save(file, closeStream: false);
        return file.ToArray();
    }

    public void Dispose()
    {
        _sheet.Dispose();
        _document.Dispose();
    }

    private void Turn()
    {
        _sheet?.Dispose();
        var page = _document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        _sheet = XGraphics.FromPdfPage(page);
        Y = Top;
        if (_document.PageCount > 1) return;
        _sheet.DrawString(_title, Large, XBrushes.Black, Left, Y);
        Y += 34;
    }

    /// <summary>The first column's text keeps clear of the next one's, which may fill it.</summary>
    private static double RightOf(ReadOnlySpan<double> edges, int column) => column == 0 ? edges[1] - 8 : edges[column + 1];

    private IEnumerable<string> Wrap(string text, XFont font, double width)
    {
        var line = "";
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (_sheet.MeasureString(longer, font).Width <= width) line = longer;
            else
            {
                yield return line;
                line = word;
            }
        }

        yield return line;
    }

    /// <summary>A word that is wider than its column is cut, for nothing may stand over what is beside it.</summary>
    private IEnumerable<string> Pieces(string word, XFont font, double width)
    {
        while (word.Length > 1 && _sheet.MeasureString(word, font).Width > width)
        {
            var fits = Enumerable.Range(1, word.Length - 1).TakeWhile(length => _sheet.MeasureString(word[..length], font).Width <= width).DefaultIfEmpty(1).Last();
            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    private static XFont Font(double size, XFontStyleEx style)
    {
        GlobalFontSettings.FontResolver ??= new PdfFonts();
        return new(PdfFonts.Family, size, style);
    }
}
