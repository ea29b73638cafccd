using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy.Reviews;

namespace Shop.Functions.Messages;

/// <summary>Mails the privacy officer, else the deputy, that the policy is to be reviewed, and notes that the mail is taken; what nobody takes is asked for again.</summary>
public sealed partial class PolicyReviewReminder(
    PolicyReviewStore reviews, OfficerMail officers, IOptions<RetentionPeriods> periods, TimeProvider clock, ILogger<PolicyReviewReminder> logger)
{
    public async Task SendAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await reviews.DueReminderAsync(now, cancellation) is not { } dueAt) return;
        if (await officers.IsTakenAsync(officer => PolicyReviewEmail.Of(dueAt, periods.Value.DayOf(dueAt), now, officer), LogRefused, LogUnavailable, cancellation))
            await reviews.NoteMailedAsync(now, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server refuses the reminder of the policy's review for good ({Reply}); correct Mail__PrivacyOfficer or Mail__PrivacyOfficerDeputy, it is sent again meanwhile")]
    private partial void LogRefused(MailReply reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminder of the policy's review is put off, for the mail server does not take it")]
    private partial void LogUnavailable(Exception exception);
}
