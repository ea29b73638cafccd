using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Messages;

/// <summary>Hands mail to the SMTP server, and never without TLS.</summary>
[Discloses("The mail server's operator", "to carry alerts to the shop's own staff", DataClass.Operational)]
public sealed class SmtpMail(IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Ends when the server has taken the mail. The server's own words name addresses, so none of them is passed on.</summary>
    /// <exception cref="UnavailableException">The server does not answer, or may take it once something is put right.</exception>
    /// <exception cref="MailRefusedException">The server will never take it.</exception>
    public async Task SendAsync(Email email, CancellationToken cancellation)
    {
        var settings = options.Value;
        if (!settings.IsSetUp) throw new UnavailableException("The mail server, whose password is not set up yet,");
        using var message = Written(email, MailboxAddress.Parse(settings.From));
        using var client = Client(settings);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, either.Token);
            if (settings.UserName.Length > 0) await client.AuthenticateAsync(settings.UserName, settings.Password, either.Token);
            await client.SendAsync(message, either.Token);
        }
        catch (SmtpCommandException refused) when (MailReply.Of(refused).IsFinal)
        {
            throw new MailRefusedException(MailReply.Of(refused));
        }
        catch (Exception failed) when (MayPass(failed) || (failed is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnavailableException($"The mail server ({Named(failed)})");
        }

        // The mail is taken: that nobody hears the goodbye changes nothing, and the client throws nothing for it.
        await client.DisconnectAsync(quit: true, either.Token);
    }

    private MimeMessage Written(Email email, MailboxAddress from)
    {
        var message = new MimeMessage
        {
            MessageId = $"{email.Id}@{from.Domain}",
            Date = clock.GetUtcNow(),
            Subject = email.Subject,
            Body = email.Html is { } html ? new MultipartAlternative(Part("plain", email.Text), Part("html", html)) : Part("plain", email.Text),
        };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(email.To));
        if (email.ReplyTo is var (name, address)) message.ReplyTo.Add(new MailboxAddress(name, address));
        if (email.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        // No answers from machines that are on holiday.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static TextPart Part(string kind, string text) => new(kind) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static SmtpClient Client(MailOptions settings)
    {
        // Like every other connection of the app: an authority that cannot be asked must not keep an alert from being sent.
        var client = new SmtpClient { CheckCertificateRevocation = false };
        if (settings.LocalRootCertificate is { Length: > 0 } root)
            client.ServerCertificateValidationCallback = (_, certificate, _, problems) => IsIssuedUnder(root, certificate, problems);
        return client;
    }

    /// <summary>Whether the certificate is issued under this root and none else; that it names the server was found by the handshake.</summary>
    /// <param name="problems">What the handshake found, by the roots that this machine trusts.</param>
    private static bool IsIssuedUnder(string root, X509Certificate? shown, SslPolicyErrors problems)
    {
        if (shown is not X509Certificate2 certificate || (problems & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustOnly(root);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        // It lives as long as the sandbox: nobody keeps a list of revoked ones.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    /// <summary>What MailKit says that it throws when a server cannot be reached, is not to be trusted, or refuses.</summary>
    private static bool MayPass(Exception failed) => failed
        is ServiceNotAuthenticatedException or ServiceNotConnectedException or SmtpCommandException or SmtpProtocolException
        or AuthenticationException or SslHandshakeException or SocketException or IOException or TimeoutException or NotSupportedException;

    /// <summary>The kind of failure and the server's codes: its own words stay here, and with them the exception that holds them.</summary>
    private static string Named(Exception failed) => (failed as SmtpCommandException ?? failed.InnerException as SmtpCommandException) is { } refusal
        ? $"{failed.GetType().Name}, {MailReply.Of(refusal)}"
        : failed.GetType().Name;
}
