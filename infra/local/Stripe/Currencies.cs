using System.Globalization;

namespace Shop.Local.Stripe;

/// <summary>What Stripe accepts as money: its currencies, their exponents and its smallest and largest charges.</summary>
internal static class Currencies
{
    public const long Maximum = 99_999_999;

    private static readonly HashSet<string> Known = [.. """
        usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve
        czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf
        krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php
        pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv
        wst xaf xcd xof xpf yer zar zmw
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    private static readonly HashSet<string> WithoutDecimals =
        ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];

    private static readonly HashSet<string> WithThreeDecimals = ["bhd", "jod", "kwd", "omr", "tnd"];

    private static readonly Dictionary<string, long> Minimums = """
        aed 200 aud 50 bgn 100 brl 50 cad 50 chf 50 czk 1500 dkk 250 eur 50 gbp 30 hkd 400 huf 17500 inr 50 jpy 50 mxn 1000 myr 200
        nok 300 nzd 50 pln 200 ron 200 sek 300 sgd 50 thb 1000 usd 50
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture));

    public static bool IsKnown(string currency) => Known.Contains(currency);

    public static long Minimum(string currency) => Minimums.GetValueOrDefault(currency, 1);

    /// <summary>Refuses an amount that no charge can have.</summary>
    public static void CheckCharge(long amount, string currency, string param)
    {
        if (amount < Minimum(currency))
        {
            var least = Format(Minimum(currency), currency);
            throw ApiError.Invalid($"The total amount must be at least {least}.", param, "amount_too_small");
        }

        if (amount > Maximum)
            throw ApiError.Invalid($"The total amount must be no more than {Format(Maximum, currency)}.", param, "amount_too_large");
        CheckStep(amount, currency, param);
    }

    /// <summary>Refuses an amount with decimals that no charge and no refund can have.</summary>
    public static void CheckStep(long amount, string currency, string param)
    {
        // Card networks settle three-decimal currencies in steps of ten, and ISK and UGX without their two decimals.
        var step = WithThreeDecimals.Contains(currency) ? 10 : currency is "isk" or "ugx" ? 100 : 1;
        if (amount % step != 0)
            throw ApiError.Invalid($"Amounts in {currency} must be a multiple of {step}.", param, "parameter_invalid_integer");
    }

    /// <summary>For people: <c>12.30 GBP</c>.</summary>
    public static string Format(long amount, string currency)
    {
        var decimals = WithoutDecimals.Contains(currency) ? 0 : WithThreeDecimals.Contains(currency) ? 3 : 2;
        var value = amount / (decimal)Math.Pow(10, decimals);
        return $"{value.ToString("N" + decimals, CultureInfo.InvariantCulture)} {currency.ToUpperInvariant()}";
    }
}
