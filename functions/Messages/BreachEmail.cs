using System.Globalization;
using System.Text;
using Shop.Functions.Privacy.Breaches;

namespace Shop.Functions.Messages;

/// <summary>
/// What the privacy officer is told while a breach is not reported. It says which breach and how the clock stands, and
/// nothing of what staff have written: mail travels further than the register.
/// </summary>
public static class BreachEmail
{
    public static Email Of(Breach breach, int hoursLeft, DateTimeOffset now, string officer)
    {
        var due = ReportClock.DueAt(breach);
        var text = new StringBuilder()
            .Append(hoursLeft == 0
                ? Invariant($"The 72 hours for reporting breach {breach.Id} to the supervisory authority ended at {Time(due)}, and the register does not say that it is reported.\n")
                : Invariant($"Breach {breach.Id} is not reported to the supervisory authority. The 72 hours end at {Time(due)}, in {Left(due - now)}.\n"))
            .Append(Invariant($"\nNoticed: {Time(breach.NoticedAt)}\nAware since: {Time(breach.AwareAt)}\n"));
        var missing = BreachRules.Missing(breach);
        if (missing.Count > 0) text.Append("\nStill missing on record:\n");
        foreach (var what in missing.Values.SelectMany(reasons => reasons)) text.Append(Invariant($"- {what}\n"));
        text.Append(hoursLeft == 0
            ? "\nReport it now, with the reasons for the delay (Article 33(1)). What is not known yet can follow in phases (Article 33(4)).\n"
            : "\nWhat is not known yet can follow in phases (Article 33(4)). If it is unlikely to put anybody at risk, put the reasons on record.\n");
        text.Append(Invariant($"\nThe register: GET /api/privacy/breaches/{breach.Id}\n"));
        var subject = hoursLeft == 0
            ? Invariant($"Breach {breach.Id[..8]}: the time to report it is over")
            : Invariant($"Breach {breach.Id[..8]}: {hoursLeft} hours or less are left to report it");
        return new($"breach-{breach.Id}-{hoursLeft}", officer, subject, text.ToString());
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Left(TimeSpan left) => left < TimeSpan.Zero
        ? "no time at all"
        : Invariant($"{(int)left.TotalHours} h {left.Minutes} min");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
