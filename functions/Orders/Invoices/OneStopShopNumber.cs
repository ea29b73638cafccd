using Shop.Functions.Platform;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// A number under which VAT is declared through the EU's one-stop shop: <c>IM</c> and ten digits for imports, <c>EU</c> and nine for who is
/// established outside the Union, else the VAT number of the member state (or of Northern Ireland, <c>XI</c>) where the shop is registered.
/// </summary>
public static class OneStopShopNumber
{
    public static bool Is(string text)
    {
        var plain = string.Concat(text.Where(c => c != ' ')).ToUpperInvariant();
        if (plain.Length < 4) return false;
        var (prefix, rest) = (plain[..2], plain[2..]);
        return prefix switch
        {
            "IM" => rest.Length == 10 && rest.All(char.IsAsciiDigit),
            "EU" => rest.Length == 9 && rest.All(char.IsAsciiDigit),
            "XI" => VatNumber.Is(plain),
            // Greece writes its VAT numbers with the code of its language.
            "EL" => rest.Length == 9 && rest.All(char.IsAsciiDigit),
            _ => EuropeanUnion.Members.Contains(prefix) && prefix != "GR" && rest.Length is >= 8 and <= 12 && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '*'),
        };
    }
}
