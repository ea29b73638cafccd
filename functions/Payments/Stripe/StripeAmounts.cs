using System.Collections.Frozen;
using Shop.Functions.Orders;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments.Stripe;

/// <summary>Money as Stripe counts it, and how much of it one charge can be: Stripe's page on currencies. Pure.</summary>
public static class StripeAmounts
{
    /// <summary>Eight digits, in whatever unit.</summary>
    private const long Most = 99_999_999;

    /// <summary>Where Stripe's smallest unit is not ISO's.</summary>
    private static readonly FrozenDictionary<string, int> Exponents = Currencies.Table((0, "MGA"), (2, "ISK UGX")).ToFrozenDictionary();

    /// <summary>The smallest charge, in Stripe's units. Elsewhere it depends on the currency that the shop's account is kept in.</summary>
    private static readonly FrozenDictionary<string, int> Least = Currencies.Table(
        (30, "GBP"),
        (50, "AUD BRL CAD CHF EUR INR JPY NZD SGD USD"),
        (100, "BGN"),
        (200, "AED MYR PLN RON"),
        (250, "DKK"),
        (300, "NOK SEK"),
        (400, "HKD"),
        (1_000, "MXN THB"),
        (1_500, "CZK"),
        (17_500, "HUF")).ToFrozenDictionary();

    /// <summary>The amount as a whole number of Stripe's own smallest unit.</summary>
    /// <exception cref="NotSupportedException">The currency is unknown, or the amount is no whole number there.</exception>
    public static long To(Money money) => Currencies.Rescale(money.Amount, money.Currency, Currencies.ExponentOf(money.Currency), ExponentOf(money.Currency));

    /// <summary>What Stripe reports, in ISO minor units.</summary>
    /// <exception cref="NotSupportedException">The currency is unknown, or the amount is no whole number in ISO units.</exception>
    public static Money From(long amount, string currency)
    {
        var code = currency.ToUpperInvariant();
        return new(Currencies.Rescale(amount, code, ExponentOf(code), Currencies.ExponentOf(code)), code);
    }

    /// <returns>True when Stripe takes the order's total in one charge, and each of its lines.</returns>
    public static bool CanPay(Order order) =>
        CanRefund(new(order.Gross, order.Currency))
        && To(new(order.Gross, order.Currency)) is var total && total <= Most && total >= Least.GetValueOrDefault(order.Currency, 1)
        && order.Lines.All(line => CanRefund(new(line.Gross, order.Currency)));

    /// <returns>True when the amount is a whole number of Stripe's steps: the last of three decimals must be none, and ISK and UGX have decimals there that must be none.</returns>
    public static bool CanRefund(Money money) =>
        Currencies.IsKnown(money.Currency) && money.Amount % StepOf(money.Currency) == 0;

    /// <summary>In ISO minor units.</summary>
    private static long StepOf(string currency)
    {
        var iso = Currencies.ExponentOf(currency);
        return iso == 3 ? 10 : Currencies.PowerOfTen(Math.Max(0, iso - ExponentOf(currency)));
    }

    private static int ExponentOf(string currency) => Exponents.TryGetValue(currency, out var exponent) ? exponent : Currencies.ExponentOf(currency);
}
