using Shop.Functions.Catalogue;

namespace Shop.Functions.Tests.Catalogue;

public sealed class VatOptionsTests
{
    private static readonly VatOptions Vat = new() { OneStopShop = { ["DE"] = new() { Standard = 19, Reduced = 7, Zero = 7 }, ["FR"] = new() { Standard = 20, Reduced = 5.5m, Zero = 5.5m } } };

    [Theory]
    [InlineData("GB", 2_000, 500, 0)]
    [InlineData("IM", 2_000, 500, 0)]
    [InlineData("JE", 0, 0, 0)]
    [InlineData("DE", 1_900, 700, 700)]
    [InlineData("FR", 2_000, 550, 550)]
    [InlineData("IT", 0, 0, 0)]
    [InlineData("US", 0, 0, 0)]
    public void The_rate_follows_where_the_goods_go(string country, int standard, int reduced, int zero) =>
        new[] { VatClass.Standard, VatClass.Reduced, VatClass.Zero }.Select(vatClass => Vat.RateOf(vatClass, country)).ShouldBe([standard, reduced, zero]);

    [Fact]
    public void A_wrong_rate_or_country_is_named_by_its_setting()
    {
        Vat.Validate(new(Vat)).ShouldBeEmpty();
        var wrong = new VatOptions { Standard = 20.123m, OneStopShop = { ["US"] = new(), ["DE"] = new() { Standard = 19 } } };
        wrong.Validate(new(wrong)).Select(result => result.ErrorMessage!.Split(' ', ':')[0]).ShouldBe(["Vat__Standard", "Vat__OneStopShop__US", "Vat__OneStopShop__DE"]);
    }
}
