using Shop.Functions.Orders;
using Shop.Functions.Payments;
using Shop.Functions.Payments.Stripe;
using Shop.Functions.Platform;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Payments.Stripe;

public sealed class StripeAmountsTests
{
    [Theory]
    [InlineData(12_345, "GBP", 12_345)]
    [InlineData(500, "JPY", 500)]
    [InlineData(1_500, "KWD", 1_500)]
    [InlineData(500, "UGX", 50_000)]
    [InlineData(700, "MGA", 7)]
    public void Stripe_counts_in_its_own_units(long minor, string currency, long stripe)
    {
        StripeAmounts.To(new(minor, currency)).ShouldBe(stripe);
        StripeAmounts.From(stripe, currency.ToLowerInvariant()).ShouldBe(new Money(minor, currency));
    }

    [Fact]
    public void An_amount_that_is_no_whole_number_over_there_is_refused() => Should.Throw<NotSupportedException>(() => StripeAmounts.To(new(701, "MGA")));

    [Fact]
    public void An_unknown_currency_is_refused() => Should.Throw<NotSupportedException>(() => StripeAmounts.From(1, "xxx"));

    [Theory]
    [InlineData("GBP", 29, false)]
    [InlineData("GBP", 30, true)]
    [InlineData("GBP", 99_999_999, true)]
    [InlineData("GBP", 100_000_000, false)]
    [InlineData("HUF", 17_499, false)]
    [InlineData("HUF", 17_550, true)]
    [InlineData("JPY", 49, false)]
    [InlineData("KWD", 1_296, false)]
    [InlineData("KWD", 1_290, true)]
    [InlineData("MGA", 701, false)]
    [InlineData("UGX", 999_999, true)]
    [InlineData("UGX", 1_000_000, false)]
    [InlineData("XXX", 1_000, false)]
    public void Issue_10_8_what_stripe_cannot_charge_is_known_before_it_is_asked(string currency, long amount, bool taken) =>
        StripeAmounts.CanPay(OrderOf(currency, amount)).ShouldBe(taken);

    [Fact]
    public void Issue_10_8_a_line_that_stripe_cannot_express_is_known_although_the_total_would_do()
    {
        var order = OrderOf("KWD", 2_000);
        StripeAmounts.CanPay(order with { Lines = [order.Lines[0] with { Gross = 1_296 }, order.Lines[0] with { Gross = 704 }] }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("GBP", 1, true)]
    [InlineData("KWD", 1_295, false)]
    [InlineData("KWD", 10, true)]
    public void Issue_10_8_what_stripe_cannot_send_back_is_known_before_it_is_promised(string currency, long amount, bool taken) =>
        StripeAmounts.CanRefund(new(amount, currency)).ShouldBe(taken);

    [Theory]
    [InlineData(1, 250, 250)]
    [InlineData(10, 250, 250)]
    [InlineData(10, 20, 25)]
    public void Issue_10_8_a_name_fits_into_stripes_room_with_the_number_of_pieces(int quantity, int length, int expected)
    {
        var line = Unpaid.Lines[0] with { Quantity = quantity, Name = new string('n', length) };
        var name = LineNames.Of(line, 250);
        name.Length.ShouldBe(expected);
        name.ShouldStartWith(quantity == 1 ? "nn" : "10 × n");
    }

    [Fact]
    public void A_name_is_not_cut_within_a_character() => LineNames.Short("ab😀", 3).ShouldBe("ab");

    private static Order OrderOf(string currency, long gross) =>
        Unpaid with { Currency = currency, Gross = gross, Lines = [Unpaid.Lines[0] with { Gross = gross }] };
}
