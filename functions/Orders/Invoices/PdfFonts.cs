using PdfSharp.Fonts;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// Liberation Sans, which is in the app: where it runs there may be no fonts. It has the letters of Europe; a name in another
/// script is whole on the page and in JSON.
/// </summary>
public sealed class PdfFonts : IFontResolver
{
    public const string Family = "Liberation Sans";

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "LiberationSans-Bold" : "LiberationSans-Regular");

    public byte[] GetFont(string faceName)
    {
        using var resource = typeof(PdfFonts).Assembly.GetManifestResourceStream($"{faceName}.ttf") ?? throw new InvalidOperationException($"The font {faceName} is not in the app.");
        var font = new byte[resource.Length];
        resource.ReadExactly(font);
        return font;
    }
}
