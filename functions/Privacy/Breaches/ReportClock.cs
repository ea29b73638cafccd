using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>How a breach stands against the 72 hours within which the authority is told of it (GDPR, Article 33(1)).</summary>
public static class ReportClock
{
    public static readonly TimeSpan Limit = TimeSpan.FromHours(72);

    /// <summary>With so many hours left staff are alerted, and at 0 once more when the time is up.</summary>
    public static readonly ImmutableArray<int> AlertHours = [48, 24, 4, 0];

    public static DateTimeOffset DueAt(Breach breach) => breach.AwareAt + Limit;

    public static bool IsLate(Breach breach, DateTimeOffset reportedAt) => reportedAt > DueAt(breach);

    public static ReportState StateOf(Breach breach, DateTimeOffset now) => breach.ReportedToAuthority switch
    {
        { At: { } at } => IsLate(breach, at) ? ReportState.ReportedLate : ReportState.Reported,
        { NotNeededReason: not null } => ReportState.NotNeeded,
        _ => now > DueAt(breach) ? ReportState.Overdue : ReportState.Running,
    };

    /// <returns>The hours left of every alert whose moment has come, none once it is reported or need not be.</returns>
    public static IEnumerable<int> DueAlerts(Breach breach, DateTimeOffset now)
    {
        if (StateOf(breach, now) is not (ReportState.Running or ReportState.Overdue)) return [];
        var left = DueAt(breach) - now;
        return AlertHours.Where(hours => hours == 0 ? left < TimeSpan.Zero : left <= TimeSpan.FromHours(hours));
    }
}
