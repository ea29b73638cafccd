using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Raises the alert that is true of a breach now, in the log and by mail, once, and again while the mail server has not
/// taken its mail.
/// </summary>
public sealed partial class BreachAlarm(BreachStore breaches, EmailQueue emails, ILogger<BreachAlarm> logger)
{
    /// <summary>No run takes longer, of this or of what sends the mail: host.json ends it before.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    /// <summary>No storage call when nothing is to be told; one when it has been, and two more when it is.</summary>
    public async Task RaiseAsync(Breach breach, DateTimeOffset now, CancellationToken cancellation)
    {
        if (ReportClock.AlertOf(breach, now) is not { } hours) return;
        var dueAt = ReportClock.DueAt(breach);
        var key = BreachAlertRow.RowKeyOf(dueAt, hours);
        var alert = await breaches.FindAlertAsync(breach.Id, key, cancellation);
        if (alert is { MailedAt: not null } || alert?.ToldAt > now - LongestRun) return;
        // Whoever writes the row raises the alert. What is cut off after that is raised again, like what nobody has taken.
        var isOurs = alert is null
            ? await breaches.AddAlertAsync(breach.Id, dueAt, hours, now, cancellation)
            : await breaches.RaiseAgainAsync(breach.Id, alert, now, cancellation);
        if (!isOurs) return;
        if (hours <= 0) LogOverdue(breach.Id, dueAt, ReportClock.StateOf(breach, now), ReportClock.PeopleStateOf(breach, now));
        else LogRunning(breach.Id, hours, dueAt, ReportClock.StateOf(breach, now), ReportClock.PeopleStateOf(breach, now));
        await emails.SendAsync(new(EmailTemplate.BreachAlert, breach.Id, key), cancellation);
    }

    /// <summary>The same for a breach that was stored just now; where storage fails, the next look at the clocks raises it.</summary>
    public async Task RaiseOrLeaveToTimerAsync(Breach breach, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await RaiseAsync(breach, now, cancellation);
        }
        catch (Exception failed) when (ProblemMiddleware.IsUnavailable(failed) && !cancellation.IsCancellationRequested)
        {
            LogPutOff(failed, breach.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Breach {BreachId}: no more than {Hours} hours are left, until {DueAt}; the report to the authority is {Authority}, telling the people is {People}")]
    private partial void LogRunning(string breachId, int hours, DateTimeOffset dueAt, ReportState authority, ReportState people);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Breach {BreachId}: its time ended at {DueAt}; the report to the authority is {Authority}, telling the people is {People}")]
    private partial void LogOverdue(string breachId, DateTimeOffset dueAt, ReportState authority, ReportState people);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Breach {BreachId}: its alert is put off to the next look at the clocks, for storage does not answer")]
    private partial void LogPutOff(Exception exception, string breachId);
}
