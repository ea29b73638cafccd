using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Messages;

/// <summary>Mail to the privacy officer, or to the deputy where the officer's mailbox takes none.</summary>
public sealed class OfficerMail(SmtpMail smtp, IOptions<MailOptions> options)
{
    /// <param name="write">The mail to one of them, by the address.</param>
    /// <param name="refused">A mailbox that will never take it.</param>
    /// <param name="unavailable">The server, which may take it later: nobody else is asked meanwhile.</param>
    /// <returns>Whether it is taken.</returns>
    public async Task<bool> IsTakenAsync(Func<string, Email> write, Action<MailReply> refused, Action<Exception> unavailable, CancellationToken cancellation)
    {
        foreach (var officer in options.Value.PrivacyOfficers)
        {
            try
            {
                await smtp.SendAsync(write(officer), cancellation);
                return true;
            }
            catch (MailRefusedException refusal)
            {
                refused(refusal.Reply);
            }
            catch (UnavailableException failure)
            {
                unavailable(failure);
                return false;
            }
        }

        return false;
    }
}
