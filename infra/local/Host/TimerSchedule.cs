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
}
