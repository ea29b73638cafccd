using Shop.Functions.Payments.PayPal;
using Shop.Functions.Platform;

namespace Shop.Functions.Tests.Payments.PayPal;

public sealed class PayPalAmountsTests
{
    [Theory]
    [InlineData(12_345, "GBP", "123.45")]
    [InlineData(5, "EUR", "0.05")]
    [InlineData(0, "USD", "0.00")]
    [InlineData(500, "JPY", "500")]
    [InlineData(12_300, "HUF", "123")]
    [InlineData(9_223_372_036_854_775_800, "GBP", "92233720368547758.00")]
    public void PayPal_writes_decimals_of_its_own_number(long minor, string currency, string paypal)
    {
        PayPalAmounts.To(new(minor, currency)).ShouldBe(paypal);
        PayPalAmounts.From(paypal, currency).ShouldBe(new Money(minor, currency));
        PayPalAmounts.Takes(new(minor, currency)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(12_345, "HUF")]
    [InlineData(50, "TWD")]
    [InlineData(1_000, "KWD")]
    [InlineData(100, "RON")]
    [InlineData(100, "xxx")]
    public void What_PayPal_cannot_express_is_refused(long minor, string currency)
    {
        PayPalAmounts.Takes(new(minor, currency)).ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => PayPalAmounts.To(new(minor, currency)));
    }

    [Theory]
    [InlineData("1.5", "GBP", 150)]
    [InlineData("1", "GBP", 100)]
    [InlineData("-1.50", "GBP", -150)]
    [InlineData("123.00", "JPY", 123)]
    [InlineData("123.50", "HUF", 12_350)]
    public void What_PayPal_reports_is_read_however_many_decimals_it_has(string value, string currency, long minor) =>
        PayPalAmounts.From(value, currency).ShouldBe(new Money(minor, currency));

    [Theory]
    [InlineData("1.005", "GBP")]
    [InlineData("0.5", "JPY")]
    public void A_part_of_a_minor_unit_is_refused(string value, string currency) =>
        Should.Throw<NotSupportedException>(() => PayPalAmounts.From(value, currency));

    [Theory]
    [InlineData("")]
    [InlineData("1,50")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("£1.50")]
    [InlineData(" 1")]
    public void What_is_no_amount_is_refused(string value) => Should.Throw<FormatException>(() => PayPalAmounts.From(value, "GBP"));
}
