using System.Collections.Frozen;
using System.Globalization;

namespace Shop.Functions.Platform;

/// <summary>How many decimals a currency has, by ISO 4217. How a payment provider counts them stands with the provider.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> Exponents = Table(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
        (2, "AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR MAD MGA MXN MYR NOK NZD PHP PLN RON SAR SEK SGD THB TRY TWD USD ZAR"),
        (3, "BHD JOD KWD OMR TND")).ToFrozenDictionary();

    /// <returns>True for a code this shop can count in.</returns>
    public static bool IsKnown(string currency) => Exponents.ContainsKey(currency);

    /// <summary>The amount as people write it, for instance <c>£1,234.50</c>; as it is counted where the currency is not known.</summary>
    public static string ToText(Money money)
    {
        if (!Exponents.TryGetValue(money.Currency, out var exponent)) return string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}");
        var number = (money.Amount / (decimal)PowerOfTen(exponent)).ToString($"N{exponent}", CultureInfo.InvariantCulture);
        return money.Currency switch { "GBP" => "£" + number, "EUR" => "€" + number, _ => $"{number} {money.Currency}" };
    }

    /// <exception cref="NotSupportedException">The currency is unknown.</exception>
    public static int ExponentOf(string currency) =>
        Exponents.TryGetValue(currency, out var exponent)
            ? exponent
            : throw new NotSupportedException($"The currency {currency} is not known here.");

    public static long PowerOfTen(int exponent) => exponent switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };

    /// <summary>The amount with another number of decimals.</summary>
    /// <exception cref="NotSupportedException">It is no whole number there.</exception>
    public static long Rescale(long amount, string currency, int from, int to)
    {
        for (; from < to; from++) amount = checked(amount * 10);
        for (; from > to; from--)
        {
            if (amount % 10 != 0) throw new NotSupportedException($"{amount} is no whole amount of {currency} in the other unit.");
            amount /= 10;
        }

        return amount;
    }

    /// <summary>A number for each currency.</summary>
    public static Dictionary<string, int> Table(params ReadOnlySpan<(int Number, string Codes)> rows)
    {
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, codes) in rows)
            foreach (var code in codes.Split(' ')) table.Add(code, number);
        return table;
    }
}
