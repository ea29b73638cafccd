using System.Collections.Frozen;
using System.Globalization;
using Shop.Functions.Orders;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments.PayPal;

/// <summary>Money as PayPal writes it, and what of it PayPal takes: PayPal's page on currency codes. Pure.</summary>
public static class PayPalAmounts
{
    /// <summary>The currencies that PayPal takes, with the decimals it allows: none for HUF and TWD, which have two by ISO. It has none with three.</summary>
    private static readonly FrozenDictionary<string, int> Exponents = Currencies.Table(
        (0, "HUF JPY TWD"), (2, "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD")).ToFrozenDictionary();

    /// <returns>True when PayPal takes the currency and can express the amount.</returns>
    public static bool Takes(Money money) =>
        Exponents.TryGetValue(money.Currency, out var exponent)
        && money.Amount % Currencies.PowerOfTen(Math.Max(0, Currencies.ExponentOf(money.Currency) - exponent)) == 0;

    /// <returns>True when PayPal can express the order's total and each of its lines.</returns>
    public static bool CanPay(Order order) =>
        Takes(new(order.Gross, order.Currency))
        && order.Lines.All(line => Takes(new(line.Net, order.Currency)) && Takes(new(line.Vat, order.Currency)));

    /// <summary>The amount as PayPal writes it, for instance <c>123.45</c>.</summary>
    /// <exception cref="NotSupportedException">PayPal does not take the currency, or the amount is no whole number there.</exception>
    public static string To(Money money)
    {
        var exponent = ExponentOf(money.Currency);
        var amount = Currencies.Rescale(money.Amount, money.Currency, Currencies.ExponentOf(money.Currency), exponent);
        return (amount / (decimal)Currencies.PowerOfTen(exponent)).ToString($"F{exponent}", CultureInfo.InvariantCulture);
    }

    /// <summary>What PayPal reports, in ISO minor units.</summary>
    /// <exception cref="NotSupportedException">PayPal does not take the currency, or the amount is no whole number in ISO units.</exception>
    /// <exception cref="FormatException">The text is no amount.</exception>
    public static Money From(string value, string currency)
    {
        var major = decimal.Parse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        _ = ExponentOf(currency);
        var minor = major * Currencies.PowerOfTen(Currencies.ExponentOf(currency));
        return minor == decimal.Truncate(minor)
            ? new(checked((long)minor), currency)
            : throw new NotSupportedException($"{value} is no whole amount of {currency} in its minor unit.");
    }

    private static int ExponentOf(string currency) => Exponents.TryGetValue(currency, out var exponent)
        ? exponent
        : throw new NotSupportedException($"PayPal does not take {currency}.");
}
