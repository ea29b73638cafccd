using System.Globalization;
using System.Text;
using Shop.Functions.Privacy.Breaches;

namespace Shop.Functions.Messages;

/// <summary>
/// What the privacy officer is told while the authority or the people affected are not answered for. It says which breach and how the clock stands, and
/// nothing of what staff have written: mail travels further than the register.
/// </summary>
public static class BreachEmail
{
    public static Email Of(Breach breach, RaisedAlert alert, DateTimeOffset now, string officer)
    {
        var due = ReportClock.DueAt(breach);
        var isOver = alert.HoursLeft <= 0;
        var text = new StringBuilder()
            .Append(isOver
                ? Invariant($"The 72 hours of breach {breach.Id} ended at {Time(due)}, and the register does not say that {Whom(breach, now)} told.\n")
                : Invariant($"Breach {breach.Id}: the register does not say that {Whom(breach, now)} told. The 72 hours end at {Time(due)}, in {Left(due - now)}.\n"))
            .Append(Invariant($"\nNoticed: {Time(breach.NoticedAt)}\nAware since: {Time(breach.AwareAt)}\n"));
        var missing = BreachRules.Missing(breach);
        if (missing.Count > 0) text.Append("\nStill missing on record:\n");
        foreach (var what in missing.Values.SelectMany(reasons => reasons)) text.Append(Invariant($"- {what}\n"));
        text.Append(isOver
            ? "\nDo it now; the report to the authority with the reasons for the delay (Article 33(1)). What is not known yet can follow in phases (Article 33(4)).\n"
            : "\nWhat is not known yet can follow in phases (Article 33(4)). If it is unlikely to put anybody at risk, put the reasons on record.\n");
        text.Append("Why people need not be told (Article 34(3)) can be put on record as well. This mail comes again until both are answered.\n");
        text.Append(Invariant($"\nThe register: GET /api/privacy/breaches/{breach.Id}\n"));
        var subject = isOver
            ? Invariant($"Breach {breach.Id[..8]}: the time to tell of it is over")
            : Invariant($"Breach {breach.Id[..8]}: {alert.HoursLeft} hours or less are left to tell of it");
        return new($"{breach.Id}-{alert.Key[BreachAlertRow.Prefix.Length..]}", officer, subject, text.ToString());
    }

    private static string Whom(Breach breach, DateTimeOffset now) =>
        (ReportClock.IsRunning(ReportClock.StateOf(breach, now)), ReportClock.IsRunning(ReportClock.PeopleStateOf(breach, now))) switch
        {
            (true, true) => "the supervisory authority and the people affected were",
            (true, false) => "the supervisory authority was",
            _ => "the people affected were",
        };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Left(TimeSpan left) => left < TimeSpan.Zero
        ? "no time at all"
        : Invariant($"{(int)left.TotalHours} h {left.Minutes} min");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
