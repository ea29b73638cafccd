using System.Collections.Immutable;
using System.Globalization;

namespace Shop.Local.Storm;

/// <summary>How far a storm is.</summary>
/// <param name="Settled">Orders that were found as they should be.</param>
/// <param name="Retries">Tries that were not answered, or not for good.</param>
/// <param name="SmallFaults">How many were asked for.</param>
/// <param name="Ahead">How far the clock is ahead.</param>
public sealed record StormProgress(
    TimeSpan Elapsed, int? Minutes, int? Orders, int Begun, int Done, int Settled, int Answers, int Retries, int SmallFaults,
    ImmutableSortedDictionary<StormFault, int> Faults, TimeSpan Ahead, int Violations)
{
    /// <summary>One line, what matters most first: a terminal may be narrow.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"  {Time(Elapsed)}{(Minutes is { } minutes ? $" of {Time(TimeSpan.FromMinutes(minutes))}" : "")}, violations {Violations}, orders {Begun}{(Orders is { } orders ? $" of {orders}" : "")} begun {Done} done {Settled} settled, answers {Answers} again {Retries}, small faults {SmallFaults}, shop killed {Of(StormFault.ShopKilled)}, app killed {Of(StormFault.AppKilled)}, storage restarted {Of(StormFault.StorageRestarted)}, provider away {Of(StormFault.ProviderAway)}, clock +{Ahead.TotalHours:0.0} h");

    /// <summary>As the report names it.</summary>
    public static string NameOf(StormFault fault) => fault switch
    {
        StormFault.ShopKilled => "kills of the shop",
        StormFault.AppKilled => "kills of the app",
        StormFault.StorageRestarted => "restarts of storage",
        StormFault.ProviderAway => "outages of a provider",
        _ => "moves of the clock",
    };

    private int Of(StormFault fault) => Faults.GetValueOrDefault(fault);

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}
