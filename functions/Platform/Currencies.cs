using System.Globalization;

namespace Shop.Functions.Platform;

/// <summary>How many decimals a currency has, by ISO 4217, and how a payment provider counts them where it differs.</summary>
public static class Currencies
{
    private static readonly Dictionary<string, int> IsoExponents = Table(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
        (2, "AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR MAD MGA MXN MYR NOK NZD PHP PLN RON SAR SEK SGD THB TRY TWD USD ZAR"),
        (3, "BHD JOD KWD OMR TND"));

    /// <summary>Where Stripe's smallest unit is not ISO's (source: facts/payments.md §1.1 and Stripe's currency page).</summary>
    private static readonly Dictionary<string, int> StripeExponents = Table((0, "MGA"), (2, "ISK UGX"));

    /// <summary>
    /// The currencies that PayPal takes, with the decimals it allows: none for HUF and TWD, which have two by ISO
    /// (source: facts/payments.md §2.2 and PayPal's currency page). It has none with three.
    /// </summary>
    private static readonly Dictionary<string, int> PayPalExponents = Table(
        (0, "HUF JPY TWD"), (2, "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD"));

    /// <returns>True for a code this shop can count in.</returns>
    public static bool IsKnown(string currency) => IsoExponents.ContainsKey(currency);

    /// <summary>The amount as Stripe counts it: a whole number of Stripe's own smallest unit.</summary>
    /// <exception cref="NotSupportedException">The currency is unknown, or the amount is no whole number there.</exception>
    public static long ToStripe(Money money) => Rescale(money.Amount, money.Currency, Iso(money.Currency), Stripe(money.Currency));

    /// <summary>What Stripe reports, in ISO minor units.</summary>
    /// <exception cref="NotSupportedException">The currency is unknown, or the amount is no whole number in ISO units.</exception>
    public static Money FromStripe(long amount, string currency)
    {
        var code = currency.ToUpperInvariant();
        return new(Rescale(amount, code, Stripe(code), Iso(code)), code);
    }

    /// <returns>True when PayPal takes the currency and can express the amount.</returns>
    public static bool PayPalTakes(Money money) =>
        PayPalExponents.TryGetValue(money.Currency, out var exponent) && money.Amount % PowerOfTen(Math.Max(0, Iso(money.Currency) - exponent)) == 0;

    /// <summary>The amount as PayPal writes it, for instance <c>123.45</c>.</summary>
    /// <exception cref="NotSupportedException">PayPal does not take the currency, or the amount is no whole number there.</exception>
    public static string ToPayPal(Money money)
    {
        var exponent = PayPal(money.Currency);
        var amount = Rescale(money.Amount, money.Currency, Iso(money.Currency), exponent);
        return (amount / (decimal)PowerOfTen(exponent)).ToString($"F{exponent}", CultureInfo.InvariantCulture);
    }

    /// <summary>What PayPal reports, in ISO minor units.</summary>
    /// <exception cref="NotSupportedException">PayPal does not take the currency, or the amount is no whole number in ISO units.</exception>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public static Money FromPayPal(string value, string currency)
    {
        var major = decimal.Parse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        _ = PayPal(currency);
        var minor = major * PowerOfTen(Iso(currency));
        return minor == decimal.Truncate(minor)
            ? new(checked((long)minor), currency)
            : throw new NotSupportedException($"{value} is no whole amount of {currency} in its minor unit.");
    }

    /// <summary>The amount as people write it, for instance <c>£1,234.50</c>; as it is counted where the currency is not known.</summary>
    public static string ToText(Money money)
    {
        if (!IsoExponents.TryGetValue(money.Currency, out var exponent)) return string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {money.Currency}");
        var number = (money.Amount / (decimal)PowerOfTen(exponent)).ToString($"N{exponent}", CultureInfo.InvariantCulture);
        return money.Currency switch { "GBP" => "£" + number, "EUR" => "€" + number, _ => $"{number} {money.Currency}" };
    }

    private static int Iso(string currency) =>
        IsoExponents.TryGetValue(currency, out var exponent)
            ? exponent
            : throw new NotSupportedException($"The currency {currency} is not known here.");

    private static int Stripe(string currency) => StripeExponents.TryGetValue(currency, out var exponent) ? exponent : Iso(currency);

    private static int PayPal(string currency) => PayPalExponents.TryGetValue(currency, out var exponent)
        ? exponent
        : throw new NotSupportedException($"PayPal does not take {currency}.");

    private static long PowerOfTen(int exponent) => exponent switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };

    private static long Rescale(long amount, string currency, int from, int to)
    {
        for (; from < to; from++) amount = checked(amount * 10);
        for (; from > to; from--)
        {
            if (amount % 10 != 0) throw new NotSupportedException($"{amount} is no whole amount of {currency} in the other unit.");
            amount /= 10;
        }

        return amount;
    }

    private static Dictionary<string, int> Table(params (int Exponent, string Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Split(' ').Select(code => (code, row.Exponent))).ToDictionary(pair => pair.code, pair => pair.Exponent);
}
