using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Timer: looks at the clocks of all open breaches and raises an alert with 48, 24 and 4 hours left and when the time is
/// up, in the log and by mail, and again at each look until the mail server has taken the mail. Late is better than never:
/// whatever was missed is raised at the next look. A look costs two storage calls for each open breach, one more once an
/// alert is due and two for each that it raises; closed ones cost nothing.
/// </summary>
public sealed partial class WatchBreaches(BreachStore breaches, EmailQueue emails, TimeProvider clock, ILogger<WatchBreaches> logger)
{
    /// <summary>No run takes longer, of this or of what sends the mail: host.json ends it before.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    [Function(nameof(WatchBreaches))]
    public async Task Run([TimerTrigger("%BreachWatchSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var failures = new List<Exception>();
        await foreach (var open in breaches.OpenAsync(cancellation))
        {
            try
            {
                await RaiseDueAlertsAsync(open.BreachId, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                // What is wrong with one must not keep the others' clocks from being heard.
                failures.Add(exception);
            }
        }

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task RaiseDueAlertsAsync(string breachId, CancellationToken cancellation)
    {
        // The list is written before the breach; whoever was entering it may not have got that far.
        if (await breaches.FindAsync(breachId, cancellation) is not { } breach) return;
        if (breach.ClosedAt is not null)
        {
            await breaches.RemoveFromOpenAsync(breachId, cancellation);
            return;
        }

        var now = clock.GetUtcNow();
        var due = ReportClock.DueAlerts(breach, now).ToList();
        if (due.Count == 0) return;
        var raised = await breaches.AlertsAsync(breachId, cancellation);
        foreach (var hours in due)
        {
            var alert = raised.FirstOrDefault(earlier => earlier.HoursLeft == hours);
            if (alert is { MailedAt: not null } || alert?.ToldAt > now - LongestRun) continue;
            // Whoever writes the row raises the alert. What is cut off after that is raised again, like what nobody has taken.
            var isOurs = alert is null
                ? await breaches.AddAlertAsync(breachId, hours, now, cancellation)
                : await breaches.RaiseAgainAsync(breachId, alert, now, cancellation);
            if (!isOurs) continue;
            if (hours == 0) LogOverdue(breachId, ReportClock.DueAt(breach));
            else LogRunning(breachId, hours, ReportClock.DueAt(breach));
            await emails.SendAsync(new(EmailTemplate.BreachAlert, breachId, hours), cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Breach {BreachId}: no more than {Hours} hours are left to report it to the authority; they end at {DueAt}")]
    private partial void LogRunning(string breachId, int hours, DateTimeOffset dueAt);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Breach {BreachId}: the time to report it to the authority ended at {DueAt}, and it is not reported")]
    private partial void LogOverdue(string breachId, DateTimeOffset dueAt);
}
