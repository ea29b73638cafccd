using Microsoft.Extensions.Logging;
using Shop.Functions.Accounts;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Links;
using Shop.Functions.Platform.RateLimiting;

namespace Shop.Functions.Messages;

/// <summary>
/// Asks by mail whether a consent was meant: the person, or under 16 the parent and nobody else. What was withdrawn, confirmed
/// or erased meanwhile is asked no more.
/// </summary>
[Discloses("The mail server's operator", "to ask people, or a parent of theirs, whether they agree to news", DataClass.Contact, DataClass.Consent)]
public sealed partial class ConsentQuestion(ConsentStore consents, SmtpMail smtp, SignedLinks links, RateLimits limits, ILogger<ConsentQuestion> logger)
{
    /// <summary>An address is typed by whoever likes, for a parent: two a day are enough for a mailbox, whoever asks.</summary>
    internal static readonly RateRule Recipients = new("consent-question", 2, TimeSpan.FromHours(24));

    /// <exception cref="Platform.Http.UnavailableException">The mail server does not take it: the queue tries again.</exception>
    public async Task SendAsync(string sealedRequest, CancellationToken cancellation)
    {
        var opened = ConsentRequest.Open(sealedRequest, links);
        if (opened.Content is not { } request) return;
        if (await consents.FindAsync(request.AccountId, cancellation) is not { } recorded || recorded.Standing(request.Step) is not { ConfirmedAt: null } step) return;
        var link = ConsentLink.To(step);
        var recipient = EmailAddress.MailboxOf(link.Recipient);
        if (await limits.TakeAsync(Recipients, recipient, cancellation) is not null) return;
        try
        {
            await smtp.SendAsync(ConsentEmail.Of(opened.Id, link, link.ToPage(links)), cancellation);
        }
        catch (MailRefusedException refused)
        {
            LogRefused(refused.Reply);
        }
        catch
        {
            await limits.GiveBackAsync(Recipients, recipient);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The mail server refuses a question about a consent ({Reply}): the consent waits, and does not count")]
    private partial void LogRefused(MailReply reply);
}
