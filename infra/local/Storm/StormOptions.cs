using System.Globalization;

namespace Shop.Local.Storm;

/// <summary>What is asked of a storm.</summary>
/// <param name="Orders">After how many orders it is over; null where <paramref name="Minutes"/> says it.</param>
/// <param name="Minutes">After how long it is over; null where <paramref name="Orders"/> says it.</param>
/// <param name="Kills">How often the shop is killed and started again on the way, with everything that it started.</param>
/// <param name="Faults">How often each of the other great faults is there (<see cref="StormFault"/>).</param>
public sealed record StormOptions(int? Orders, int? Minutes, int Seed, int Kills, int Faults, int FirstPort, string Folder, string? SettingsFile)
{
    private const int UsualOrders = 200;
    private const int UsualKills = 5;
    private const int UsualFaults = 1;

    /// <summary>Of a storm that goes by the clock, each great fault is there this often.</summary>
    private const int MinutesBetween = 2;

    /// <param name="kills">Null for the usual number.</param>
    /// <param name="faults">Null for the usual number.</param>
    public static StormOptions Of(int? orders, int? minutes, int seed, int? kills, int? faults, int firstPort, string folder, string? settingsFile)
    {
        var often = minutes is { } given ? Math.Max(1, given / MinutesBetween) : (int?)null;
        return new(minutes is null ? orders ?? UsualOrders : null, minutes, seed, kills ?? often ?? UsualKills, faults ?? often ?? UsualFaults, firstPort, folder, settingsFile);
    }

    /// <summary>What to type for the same storm.</summary>
    public string Line => string.Create(
        CultureInfo.InvariantCulture, $"storm {(Minutes is { } minutes ? $"--minutes {minutes}" : $"--orders {Orders}")} --kills {Kills} --faults {Faults} --seed {Seed}");

    /// <returns>Which part of the storm is over, from 0 to 1 and, when it is over, more.</returns>
    /// <param name="begun">How many orders were begun.</param>
    public double PartOver(int begun, TimeSpan elapsed) => Minutes is { } minutes ? elapsed / TimeSpan.FromMinutes(minutes) : (double)begun / Orders!.Value;
}
