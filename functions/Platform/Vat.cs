namespace Shop.Functions.Platform;

/// <summary>Value added tax on one order line.</summary>
public static class Vat
{
    /// <summary>The tax on a net amount, rounded half up to a whole minor unit.</summary>
    /// <param name="net">Minor units, not negative.</param>
    /// <param name="basisPoints">The rate in hundredths of a per cent: 2000 is 20 %.</param>
    /// <exception cref="OverflowException">The amount is beyond what 64 bits hold.</exception>
    public static long On(long net, int basisPoints) => checked((net * basisPoints + 5_000) / 10_000);
}
