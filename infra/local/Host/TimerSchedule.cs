using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace Shop.Local.Host;

/// <summary>When a timer is due, in UTC, as an NCRONTAB expression says.</summary>
internal sealed class TimerSchedule(CrontabSchedule cron)
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Six fields with seconds first; five without.</summary>
    /// <exception cref="ArgumentException">The expression is neither.</exception>
    public static TimerSchedule Parse(string expression)
    {
        var fields = expression.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Length;
        var cron = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 });
        return cron is not null
            ? new TimerSchedule(cron)
            : throw new ArgumentException($"its schedule '{expression}' is no NCRONTAB expression of six fields, such as '0 */5 * * * *'.");
    }

    /// <summary>The first due time after the given one.</summary>
    public DateTime After(DateTime time) => DateTime.SpecifyKind(cron.GetNextOccurrence(time), DateTimeKind.Utc);

    /// <summary>
    /// Where a timer stands when its host starts, as ScheduleMonitor of Azure/azure-webjobs-sdk-extensions has it: also one that has never
    /// run is due from now on, and one whose schedule is another than it was begins anew, so that nothing of it was missed.
    /// </summary>
    /// <param name="known">What was stored last; null for nothing.</param>
    /// <returns><paramref name="known"/> itself where it stays true.</returns>
    public ScheduleStatus Resume(ScheduleStatus? known, DateTime now)
    {
        if (known is null) return new ScheduleStatus { Next = After(now), LastUpdated = now };
        var counted = known.Last != default ? known.Last : known.LastUpdated != default ? known.LastUpdated : now;
        var next = After(counted);
        if (known.Next == next) return known;
        return next < now ? new ScheduleStatus { Next = After(now), LastUpdated = now } : new ScheduleStatus { Next = next, LastUpdated = counted };
    }
}
