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
    /// <summary>One line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"  {Time(Elapsed)}{(Minutes is { } minutes ? $" of {Time(TimeSpan.FromMinutes(minutes))}" : "")}: {Begun}{(Orders is { } orders ? $" of {orders}" : "")} orders begun, {Done} done, {Settled} settled; {Answers} answers, {Retries} tries again; {SmallFaults} small faults, {Great()}; {Violations} violations");

    /// <summary>As the progress line and the report name it.</summary>
    public static string NameOf(StormFault fault) => fault switch
    {
        StormFault.ShopKilled => "kills of the shop",
        StormFault.AppKilled => "kills of the app",
        StormFault.StorageRestarted => "restarts of storage",
        StormFault.ProviderAway => "outages of a provider",
        _ => "moves of the clock",
    };

    private string Great() => string.Join(
        ", ",
        Enum.GetValues<StormFault>().Select(fault => string.Create(
            CultureInfo.InvariantCulture,
            $"{Faults.GetValueOrDefault(fault)} {NameOf(fault)}{(fault == StormFault.ClockMoved && Ahead > TimeSpan.Zero ? $" (+{Ahead.TotalHours:0.0} h)" : "")}")));

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}
