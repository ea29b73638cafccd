namespace Shop.Functions.Orders.Invoices;

/// <summary>A British VAT registration number: nine digits, of which the last two check the rest, and three more for a branch.</summary>
public static class VatNumber
{
    public static bool Is(string text)
    {
        var plain = string.Concat(text.Where(c => c != ' ')).ToUpperInvariant();
        var digits = plain.StartsWith("GB", StringComparison.Ordinal) || plain.StartsWith("XI", StringComparison.Ordinal) ? plain[2..] : plain;
        return digits.Length is 9 or 12 && digits.All(char.IsAsciiDigit) && Checks(digits);
    }

    /// <summary>Numbers given out since 2010 check with 55 added.</summary>
    private static bool Checks(string digits)
    {
        var sum = Enumerable.Range(0, 7).Sum(i => (8 - i) * (digits[i] - '0')) + int.Parse(digits.AsSpan(7, 2), System.Globalization.CultureInfo.InvariantCulture);
        return sum % 97 == 0 || (sum + 55) % 97 == 0;
    }
}
