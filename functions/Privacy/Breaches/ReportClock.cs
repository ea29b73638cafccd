using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// How a breach stands against the 72 hours within which the authority is told of it (GDPR, Article 33(1)), and within which
/// the published policy promises that the people affected are told as well.
/// </summary>
public static class ReportClock
{
    public static readonly TimeSpan Limit = TimeSpan.FromHours(72);

    /// <summary>With so many hours left staff are alerted, from the moment that it is entered.</summary>
    public static readonly ImmutableArray<int> AlertHours = [72, 48, 24, 4];

    /// <summary>In hours: once the time is up, staff are alerted so often until everything is answered.</summary>
    public const int OverdueEvery = 24;

    public static DateTimeOffset DueAt(Breach breach) => breach.AwareAt + Limit;

    public static bool IsLate(Breach breach, DateTimeOffset reportedAt) => reportedAt > DueAt(breach);

    /// <summary>How it stands with the report to the authority.</summary>
    public static ReportState StateOf(Breach breach, DateTimeOffset now) =>
        StateOf(breach, breach.ReportedToAuthority?.At, breach.ReportedToAuthority?.NotNeededReason, now);

    /// <summary>How it stands with telling the people affected; Article 34(3) says when that is not needed.</summary>
    public static ReportState PeopleStateOf(Breach breach, DateTimeOffset now) =>
        StateOf(breach, breach.ToldPeople?.At, breach.ToldPeople?.NotNeededReason, now);

    /// <returns>
    /// The hours left of the one alert that is true now: the tightest whose moment has come, 0 and then less by a day for
    /// each day once the time is up; null when both the authority and the people are answered for.
    /// </returns>
    public static int? AlertOf(Breach breach, DateTimeOffset now)
    {
        if (!IsRunning(StateOf(breach, now)) && !IsRunning(PeopleStateOf(breach, now))) return null;
        var left = DueAt(breach) - now;
        if (left < TimeSpan.Zero) return -(int)(-left.TotalHours / OverdueEvery) * OverdueEvery;
        return AlertHours.Where(hours => left <= TimeSpan.FromHours(hours)).Append(AlertHours[0]).Min();
    }

    public static bool IsRunning(ReportState state) => state is ReportState.Running or ReportState.Overdue;

    private static ReportState StateOf(Breach breach, DateTimeOffset? answeredAt, string? notNeeded, DateTimeOffset now) => (answeredAt, notNeeded) switch
    {
        ({ } at, _) => IsLate(breach, at) ? ReportState.ReportedLate : ReportState.Reported,
        (_, not null) => ReportState.NotNeeded,
        _ => now > DueAt(breach) ? ReportState.Overdue : ReportState.Running,
    };
}
