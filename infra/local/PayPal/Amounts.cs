using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shop.Local.PayPal;

/// <summary>Money as PayPal writes it: <c>{ "currency_code": "GBP", "value": "12.30" }</c>.</summary>
internal static partial class Amounts
{
    private static readonly HashSet<string> Known =
    [
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR", "NOK", "NZD", "PHP",
        "PLN", "SEK", "SGD", "THB", "TWD", "USD",
    ];

    private static readonly HashSet<string> WithoutDecimals = ["HUF", "JPY", "TWD"];

    public static bool IsKnown(string currency) => Known.Contains(currency);

    public static int Decimals(string currency) => WithoutDecimals.Contains(currency) ? 0 : 2;

    /// <returns>Null when the text is no amount at all.</returns>
    public static decimal? Read(string value) => value.Length <= 32 && Pattern().IsMatch(value)
        && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    /// <returns>True when the currency has so many decimals. <c>10.0</c> is written with one, and PayPal counts what is written.</returns>
    public static bool Fits(string value, string currency) =>
        value.IndexOf('.', StringComparison.Ordinal) is var point && (point < 0 || value.Length - point - 1 <= Decimals(currency));

    public static string Text(decimal amount, string currency) => amount.ToString("F" + Decimals(currency), CultureInfo.InvariantCulture);

    public static JsonObject Json(decimal amount, string currency) =>
        new() { ["currency_code"] = currency, ["value"] = Text(amount, currency) };

    /// <summary>For people: <c>12.30 GBP</c>.</summary>
    public static string Format(decimal amount, string currency) => $"{Text(amount, currency)} {currency}";

    /// <summary>ISO 4217's minor units, in which the shop counts: HUF and TWD have two decimals there and none at PayPal.</summary>
    public static long ToMinor(decimal amount, string currency) => (long)(amount * (currency == "JPY" ? 1 : 100));

    public static decimal FromMinor(long amount, string currency) => currency == "JPY" ? amount : amount / 100m;

    [GeneratedRegex(@"^((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))$")]
    private static partial Regex Pattern();
}
