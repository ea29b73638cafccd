using Shop.Functions.Platform;

namespace Shop.Functions.Tests.Platform;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(12_345, "GBP", 12_345)]
    [InlineData(500, "JPY", 500)]
    [InlineData(1_500, "KWD", 1_500)]
    [InlineData(500, "UGX", 50_000)]
    [InlineData(700, "MGA", 7)]
    public void Stripe_counts_in_its_own_units(long minor, string currency, long stripe)
    {
        Currencies.ToStripe(new(minor, currency)).ShouldBe(stripe);
        Currencies.FromStripe(stripe, currency.ToLowerInvariant()).ShouldBe(new Money(minor, currency));
    }

    [Fact]
    public void An_amount_that_is_no_whole_number_over_there_is_refused() => Should.Throw<NotSupportedException>(() => Currencies.ToStripe(new(701, "MGA")));

    [Theory]
    [InlineData(12_345, "GBP", "123.45")]
    [InlineData(5, "EUR", "0.05")]
    [InlineData(0, "USD", "0.00")]
    [InlineData(500, "JPY", "500")]
    [InlineData(12_300, "HUF", "123")]
    [InlineData(9_223_372_036_854_775_800, "GBP", "92233720368547758.00")]
    public void PayPal_writes_decimals_of_its_own_number(long minor, string currency, string paypal)
    {
        Currencies.ToPayPal(new(minor, currency)).ShouldBe(paypal);
        Currencies.FromPayPal(paypal, currency).ShouldBe(new Money(minor, currency));
        Currencies.PayPalTakes(new(minor, currency)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(12_345, "HUF")]
    [InlineData(50, "TWD")]
    [InlineData(1_000, "KWD")]
    [InlineData(100, "RON")]
    [InlineData(100, "xxx")]
    public void What_PayPal_cannot_express_is_refused(long minor, string currency)
    {
        Currencies.PayPalTakes(new(minor, currency)).ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => Currencies.ToPayPal(new(minor, currency)));
    }

    [Theory]
    [InlineData("1.5", "GBP", 150)]
    [InlineData("1", "GBP", 100)]
    [InlineData("-1.50", "GBP", -150)]
    [InlineData("123.00", "JPY", 123)]
    [InlineData("123.50", "HUF", 12_350)]
    public void What_PayPal_reports_is_read_however_many_decimals_it_has(string value, string currency, long minor) =>
        Currencies.FromPayPal(value, currency).ShouldBe(new Money(minor, currency));

    [Theory]
    [InlineData("1.005", "GBP")]
    [InlineData("0.5", "JPY")]
    public void A_part_of_a_minor_unit_is_refused(string value, string currency) =>
        Should.Throw<NotSupportedException>(() => Currencies.FromPayPal(value, currency));

    [Theory]
    [InlineData("")]
    [InlineData("1,50")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("£1.50")]
    [InlineData(" 1")]
    public void What_is_no_amount_is_refused(string value) => Should.Throw<FormatException>(() => Currencies.FromPayPal(value, "GBP"));

    [Fact]
    public void An_unknown_currency_is_refused() => Should.Throw<NotSupportedException>(() => Currencies.FromStripe(1, "xxx"));

    [Theory]
    [InlineData(999, 2_000, 200)]
    [InlineData(2, 2_500, 1)]
    [InlineData(1, 2_500, 0)]
    [InlineData(10_000, 1_750, 1_750)]
    [InlineData(0, 2_000, 0)]
    public void Vat_is_rounded_half_up(long net, int basisPoints, long vat) => Vat.On(net, basisPoints).ShouldBe(vat);
}
