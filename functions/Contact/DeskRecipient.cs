using Microsoft.Extensions.Options;
using Shop.Functions.Messages;
using Shop.Functions.Platform.Http;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Contact;

/// <summary>The desk may have mail from somebody who is erased, and what was made of it: a person is asked to delete that.</summary>
public sealed class DeskRecipient(SmtpMail smtp, IOptions<ContactOptions> options) : IRecipient
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
            throw new UnavailableException($"The desk's mailbox ({refused.Reply})");
        }
    }
}
