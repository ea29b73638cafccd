using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Messages;

/// <summary>A mail as the server gets it.</summary>
/// <param name="Id">The same for the same mail, however often it is sent: mailboxes that see it twice can tell.</param>
public sealed record Email(string Id, string To, string Subject, string Text);

/// <summary>Hands mail to the SMTP server. TLS is demanded of any server but one on this machine.</summary>
[Discloses("The mail server's operator", "to carry alerts to the shop's own staff", DataClass.Operational)]
public sealed class SmtpMail(IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Ends when the server has taken the mail. The server's own words name addresses, so none of them is passed on.</summary>
    /// <exception cref="UnavailableException">The server does not answer, or says that it may later.</exception>
    /// <exception cref="MailRefusedException">The server will never take it.</exception>
    public async Task SendAsync(Email email, CancellationToken cancellation)
    {
        var settings = options.Value;
        if (!settings.IsSetUp) throw new UnavailableException("The mail server, whose password is not set up yet,");
        // What is called SSL here is STARTTLS: without it on offer nothing is sent.
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = !settings.IsLocal };
        if (settings.UserName.Length > 0) client.Credentials = new NetworkCredential(settings.UserName, settings.Password);
        using var message = new MailMessage(settings.From, email.To, email.Subject, email.Text.ReplaceLineEndings("\r\n"))
        {
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-ID", $"<{email.Id}@{new MailAddress(settings.From).Host}>");
        // No answers from machines that are on holiday.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await client.SendMailAsync(message, either.Token);
        }
        catch (SmtpException failed) when ((int)failed.StatusCode is >= 500 and < 600)
        {
            throw new MailRefusedException((int)failed.StatusCode);
        }
        catch (Exception failed) when (
            failed is SmtpException or IOException or AuthenticationException
            || (failed is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnavailableException($"The mail server ({failed.GetType().Name}, {(failed as SmtpException)?.StatusCode})");
        }
    }
}

/// <summary>The mail server will not take a mail, however often it is asked.</summary>
public sealed class MailRefusedException(int status) : Exception($"The mail server refuses the mail with {status}.");
