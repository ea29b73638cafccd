using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Shop.Functions.Messages;
using Shop.Functions.Platform.Http;
using Shop.Functions.Tests.Payments.PayPal;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Messages;

/// <summary>Mail at the wire: with TLS or not at all, and a server's words go no further.</summary>
public sealed class SmtpMailTests : IAsyncDisposable
{
    private static readonly Email Alert = new("breach-1", "privacy@example.com", "Größe: 12 µm – 漢字", "äöü €\n.\n..dots\n\nend = =3D =");

    private readonly ManualClock _clock = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private MailSink? _sink;

    [Fact]
    public async Task What_is_sent_arrives_with_an_id_and_a_time_of_its_own()
    {
        var options = await StartAsync();
        await SendAsync(options);
        var mail = _sink!.Mails.ShouldHaveSingleItem();
        (mail.From, mail.To.ShouldHaveSingleItem(), mail.Subject).ShouldBe(("shop@example.com", "privacy@example.com", Alert.Subject));
        mail.Text.ReplaceLineEndings("\n").TrimEnd('\n').ShouldBe(Alert.Text);
        mail.Message.MessageId.ShouldBe("breach-1@example.com");
        mail.Message.Date.ShouldBe(_clock.GetUtcNow());
        mail.Message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Fact]
    public async Task A_name_and_a_password_are_shown_where_there_are_any()
    {
        var options = await StartAsync();
        _sink!.Fault = new(MailStep.SignIn, "535 5.7.8 privacy@example.com: wrong password");
        await SendAsync(options);
        (options.UserName, options.Password) = ("shop", "secret");
        (await FailAsync<UnavailableException>(options)).ShouldContain("AuthenticationException, Session 535 5.7.8");
        _sink.Fault = null;
        await SendAsync(options);
        _sink.Mails.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(MailStep.Recipient, "550 5.1.1 <privacy@example.com> is unknown here", "Recipient 550 5.1.1")]
    [InlineData(MailStep.Recipient, "553 privacy@example.com is no name", "Recipient 553")]
    [InlineData(MailStep.Message, "554 5.1.1 privacy@example.com has gone", "Message 554 5.1.1")]
    public async Task A_mailbox_that_takes_no_mail_is_told_apart(MailStep step, string answer, string codes)
    {
        var options = await StartAsync();
        _sink!.Fault = new(step, answer);
        (await FailAsync<MailRefusedException>(options)).ShouldContain($"refuses the mail ({codes})");
    }

    [Theory]
    [InlineData(MailStep.Sender, "530 5.7.0 privacy@example.com: sign in first", "ServiceNotAuthenticatedException")]
    [InlineData(MailStep.Sender, "550 5.1.1 privacy@example.com", "SmtpCommandException, Session 550 5.1.1")]
    [InlineData(MailStep.Recipient, "421 4.3.2 privacy@example.com: closing", "SmtpCommandException, Recipient 421 4.3.2")]
    [InlineData(MailStep.Recipient, "450 4.2.0 privacy@example.com is greylisted", "SmtpCommandException, Recipient 450 4.2.0")]
    [InlineData(MailStep.Recipient, "554 5.7.1 privacy@example.com: relaying denied", "SmtpCommandException, Recipient 554 5.7.1")]
    [InlineData(MailStep.Message, "550 5.7.1 privacy@example.com: spam", "SmtpCommandException, Message 550 5.7.1")]
    public async Task Whatever_may_be_put_right_is_worth_another_try(MailStep step, string answer, string codes)
    {
        var options = await StartAsync();
        _sink!.Fault = new(step, answer);
        (await FailAsync<UnavailableException>(options)).ShouldContain($"({codes})");
        _sink.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("another root", "SslHandshakeException")]
    [InlineData("no root", "SslHandshakeException")]
    [InlineData("no TLS", "NotSupportedException")]
    [InlineData("nobody there", "SocketException")]
    [InlineData("no mail server", "SmtpProtocolException")]
    public async Task A_server_that_cannot_be_trusted_or_reached_gets_no_mail(string which, string failure)
    {
        var options = await StartAsync(offersTls: which != "no TLS");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        switch (which)
        {
            case "another root":
                options.LocalRootCertificate = PayPalSigner.Root.ExportCertificatePem();
                break;
            case "no root":
                options.LocalRootCertificate = null;
                break;
            case "no mail server":
                other.Start();
                options.Port = ((IPEndPoint)other.LocalEndpoint).Port;
                _ = AnswerAsync(other);
                break;
            case "nobody there":
                other.Start();
                options.Port = ((IPEndPoint)other.LocalEndpoint).Port;
                other.Stop();
                break;
        }

        (await FailAsync<UnavailableException>(options)).ShouldContain($"({failure})");
        _sink!.Mails.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null) await _sink.DisposeAsync();
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("privacy@example.com?\r\n"u8.ToArray());
    }

    private async Task<MailOptions> StartAsync(bool offersTls = true)
    {
        _sink = await MailSink.StartAsync(0, _clock, offersTls);
        return new()
        {
            Host = "127.0.0.1",
            Port = _sink.Port,
            From = "shop@example.com",
            PrivacyOfficer = "privacy@example.com",
            LocalRootCertificate = _sink.RootCertificate,
        };
    }

    private Task SendAsync(MailOptions options) => new SmtpMail(Options.Create(options), _clock).SendAsync(Alert, TestContext.Current.CancellationToken);

    /// <returns>Everything that a log would show of it.</returns>
    private async Task<string> FailAsync<T>(MailOptions options)
        where T : Exception
    {
        var failure = await Should.ThrowAsync<T>(() => SendAsync(options));
        failure.InnerException.ShouldBeNull();
        var text = failure.ToString();
        text.ShouldNotContain("privacy@example.com");
        return text;
    }
}
