using Microsoft.Extensions.Logging;
using Shop.Functions.Messages;
using Shop.Functions.Platform;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Newsletter;

/// <summary>Sends the mails that ask somebody.</summary>
public sealed partial class NewsletterPost(SmtpMail smtp, RateLimits limits, ILogger<NewsletterPost> logger)
{
    /// <summary>
    /// Whoever was asked twice within a day is asked no more, and a mailbox that takes no mail gets none: whoever started it is
    /// not told, for it would tell a stranger about the address.
    /// </summary>
    /// <exception cref="Platform.Http.UnavailableException">The mail server does not take it.</exception>
    public async Task AskAsync(Email question, CancellationToken cancellation)
    {
        var recipient = EmailAddress.MailboxOf(question.To);
        if (await limits.TakeAsync(NewsletterLimits.Recipients, recipient, cancellation) is not null) return;
        try
        {
            await smtp.SendAsync(question, cancellation);
        }
        catch (MailRefusedException refused)
        {
            LogRefused(refused.Reply);
        }
        catch
        {
            await limits.GiveBackAsync(NewsletterLimits.Recipients, recipient);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The mail server refuses a question about the newsletter ({Reply})")]
    private partial void LogRefused(MailReply reply);
}
