using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Messages;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Contact;

/// <summary>The desk may have mail from somebody who is erased, and what was made of it: a person is asked to delete that.</summary>
public sealed partial class DeskRecipient(SmtpMail smtp, IOptions<ContactOptions> options, ILogger<DeskRecipient> logger) : IRecipient
{
    public string Name => "desk";

    public async Task<RecipientOutcome> TellErasedAsync(string email, string reference, CancellationToken cancellation)
    {
        try
        {
            await smtp.SendAsync(ContactMail.Erased(email, reference, options.Value.Desk), cancellation);
            return RecipientOutcome.PersonAsked;
        }
        catch (MailRefusedException refused)
        {
            LogRefused(refused.Reply);
            return RecipientOutcome.NotTold;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The desk's mailbox takes no notice of an erasure ({Reply}); see to Contact__Desk")]
    private partial void LogRefused(MailReply reply);
}
