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
