using Shop.Functions.Platform;

namespace Shop.Functions.Tests.Platform;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(999, 2_000, 200)]
    [InlineData(2, 2_500, 1)]
    [InlineData(1, 2_500, 0)]
    [InlineData(10_000, 1_750, 1_750)]
    [InlineData(0, 2_000, 0)]
    public void Vat_is_rounded_half_up(long net, int basisPoints, long vat) => Vat.On(net, basisPoints).ShouldBe(vat);
}
