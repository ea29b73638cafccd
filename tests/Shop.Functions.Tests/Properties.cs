using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Shop.Functions.Tests;

/// <summary>Runs a property over generated cases; a failure prints the shrunk case and the seed to replay it.</summary>
public static class Properties
{
    /// <summary><c>SHOP_CASES=200000</c> asks for a longer run, <c>SHOP_SEED=123,457</c> for the same one again.</summary>
    private static readonly int? Cases = int.TryParse(Environment.GetEnvironmentVariable("SHOP_CASES"), out var cases) ? cases : null;

    public static void Holds<T>(Gen<T> cases, Action<T> property, int count = 1_000)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases ?? count);
        if (Environment.GetEnvironmentVariable("SHOP_SEED")?.Split(',') is [var seed, var gamma])
            config = config.WithReplay(ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
        Check.One(config, Prop.ForAll(cases.ToArbitrary(), property));
    }
}
