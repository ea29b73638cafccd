using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;

namespace Shop.Functions.Messages;

/// <summary>
/// Queue <c>emails</c>: writes a mail from what is stored now and hands it to the mail server. That it was sent is noted
/// where it was asked for, so that a second message about it sends nothing; what nobody has taken is asked for again from
/// there. Only a process that ends between the server's answer and that note, or cannot write the note, sends twice, under the
/// same Message-ID.
/// </summary>
public sealed partial class SendEmail(
    BreachStore breaches,
    PolicyReviewReminder policyReview,
    ConsentQuestion consent,
    OrderNotificationMail notifications,
    OfficerMail officers,
    TimeProvider clock,
    ILogger<SendEmail> logger)
{
    [Function(nameof(SendEmail))]
    public Task Run([QueueTrigger(StorageNames.Emails)] string message, CancellationToken cancellation)
    {
        var email = QueuedEmail.Parse(message);
        return email.Template switch
        {
            EmailTemplate.BreachAlert => SendBreachAlert(email.Id, email.Alert ?? "", cancellation),
            EmailTemplate.PolicyReview => policyReview.SendAsync(cancellation),
            EmailTemplate.Consent => consent.SendAsync(email.Id, cancellation),
            EmailTemplate.Order => notifications.SendAsync(email.Id, email.Notification ?? "", cancellation),
            _ => throw new InvalidOperationException($"There is no template {email.Template}."),
        };
    }

    private async Task SendBreachAlert(string breachId, string key, CancellationToken cancellation)
    {
        if (await breaches.FindAlertAsync(breachId, key, cancellation) is not { MailedAt: null } alert) return;
        if (await breaches.FindAsync(breachId, cancellation) is not { } breach) return;
        var now = clock.GetUtcNow();
        var hoursLeft = alert.HoursLeft;
        // A mail that was true when it was asked for and is not any more alarms for nothing, or hides how late it is.
        if (ReportClock.DueAt(breach) != alert.DueAt || ReportClock.AlertOf(breach, now) != hoursLeft)
        {
            LogNoLonger(breachId, hoursLeft);
            return;
        }

        var isTaken = await officers.IsTakenAsync(
            officer => BreachEmail.Of(breach, alert, now, officer),
            reply => LogRefused(breachId, hoursLeft, reply),
            failure => LogUnavailable(failure, breachId, hoursLeft),
            cancellation);
        if (!isTaken) return;
        await breaches.NoteMailedAsync(breachId, key, clock.GetUtcNow(), cancellation);
        LogSent(breachId, hoursLeft);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Breach {BreachId}: the alert for {HoursLeft} hours is mailed")]
    private partial void LogSent(string breachId, int hoursLeft);

    [LoggerMessage(Level = LogLevel.Information, Message = "Breach {BreachId}: the alert for {HoursLeft} hours is not mailed, for the clock stands elsewhere now")]
    private partial void LogNoLonger(string breachId, int hoursLeft);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Breach {BreachId}: the mail server refuses the alert for {HoursLeft} hours for good ({Reply}); correct Mail__PrivacyOfficer or Mail__PrivacyOfficerDeputy, it is sent again meanwhile")]
    private partial void LogRefused(string breachId, int hoursLeft, MailReply reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Breach {BreachId}: the alert for {HoursLeft} hours is put off, for the mail server does not take it")]
    private partial void LogUnavailable(Exception exception, string breachId, int hoursLeft);
}
