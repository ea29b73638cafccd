using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Breaches;

namespace Shop.Functions.Messages;

/// <summary>
/// Queue <c>emails</c>: writes a mail from what is stored now and hands it to the mail server. That it was sent is noted
/// where it was asked for, so that a second message about it sends nothing. Only a process that ends between the server's
/// answer and that note sends twice, under the same Message-ID.
/// </summary>
public sealed partial class SendEmail(
    BreachStore breaches, EmailQueue emails, SmtpMail smtp, IOptions<MailOptions> options, TimeProvider clock, ILogger<SendEmail> logger)
{
    /// <summary>The host gives a message five tries within a minute; an outage of a mail server lasts longer.</summary>
    private static readonly TimeSpan Postponement = TimeSpan.FromMinutes(2);

    [Function(nameof(SendEmail))]
    public async Task Run([QueueTrigger(StorageNames.Emails)] string message, CancellationToken cancellation)
    {
        var email = QueuedEmail.Parse(message);
        try
        {
            await (email.Template switch
            {
                EmailTemplate.BreachAlert => SendBreachAlert(email.Id, email.HoursLeft ?? 0, cancellation),
                _ => throw new InvalidOperationException($"There is no template {email.Template}."),
            });
        }
        catch (UnavailableException exception)
        {
            LogPostponed(exception, email.Template, email.Id);
            await emails.SendAsync(email, cancellation, Postponement);
        }
    }

    private async Task SendBreachAlert(string breachId, int hoursLeft, CancellationToken cancellation)
    {
        var alert = (await breaches.AlertsAsync(breachId, cancellation)).FirstOrDefault(raised => raised.HoursLeft == hoursLeft);
        if (alert is null or { MailedAt: not null }) return;
        if (await breaches.FindAsync(breachId, cancellation) is not { } breach) return;
        var now = clock.GetUtcNow();
        if (!ReportClock.DueAlerts(breach, now).Contains(hoursLeft))
        {
            LogNoLonger(breachId, hoursLeft);
            return;
        }

        await smtp.SendAsync(BreachEmail.Of(breach, hoursLeft, now, options.Value.PrivacyOfficer), cancellation);
        await breaches.NoteMailedAsync(breachId, hoursLeft, clock.GetUtcNow(), cancellation);
        LogSent(breachId, hoursLeft);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Breach {BreachId}: the alert for {HoursLeft} hours is mailed")]
    private partial void LogSent(string breachId, int hoursLeft);

    [LoggerMessage(Level = LogLevel.Information, Message = "Breach {BreachId}: the alert for {HoursLeft} hours is not mailed, for its clock has stopped")]
    private partial void LogNoLonger(string breachId, int hoursLeft);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail {Template} about {Id} is put off: the mail server is not answering")]
    private partial void LogPostponed(Exception exception, EmailTemplate template, string id);
}
