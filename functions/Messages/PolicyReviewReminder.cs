using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.Policy.Reviews;

namespace Shop.Functions.Messages;

/// <summary>Mails the privacy officer, else the deputy, that the policy is to be reviewed, and notes that the mail is taken; what nobody takes is asked for again.</summary>
public sealed partial class PolicyReviewReminder(
    PolicyReviewStore reviews, SmtpMail smtp, IOptions<MailOptions> options, TimeProvider clock, ILogger<PolicyReviewReminder> logger)
{
    public async Task SendAsync(CancellationToken cancellation)
    {
        var dueAt = PolicyReviewClock.DueAt((await reviews.AllAsync(cancellation)).FirstOrDefault());
        var now = clock.GetUtcNow();
        if (!PolicyReviewClock.IsToBeTold(dueAt, await reviews.MailedAtAsync(cancellation), now)) return;
        foreach (var officer in options.Value.PrivacyOfficers)
        {
            try
            {
                await smtp.SendAsync(PolicyReviewEmail.Of(dueAt, now, officer), cancellation);
                await reviews.NoteMailedAsync(now, cancellation);
                return;
            }
            catch (MailRefusedException refused)
            {
                LogRefused(refused.Reply);
            }
            catch (UnavailableException unavailable)
            {
                LogUnavailable(unavailable);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server refuses the reminder of the policy's review for good ({Reply}); correct Mail__PrivacyOfficer or Mail__PrivacyOfficerDeputy, it is sent again meanwhile")]
    private partial void LogRefused(MailReply reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminder of the policy's review is put off, for the mail server does not take it")]
    private partial void LogUnavailable(Exception exception);
}
