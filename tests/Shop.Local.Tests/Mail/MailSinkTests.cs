using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Shop.Local.Mail;

namespace Shop.Local.Tests.Mail;

/// <summary>The sink as a client sees it that is not the app's own.</summary>
public sealed class MailSinkTests : IAsyncLifetime
{
    private MailSink _sink = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_client_sends_is_what_is_read()
    {
        const string subject = "A subject that is so long that it has to be folded somewhere, for lines in mail are not to be longer than 78 characters – 漢字";
        const string text = "Zeile 1: äöü €\n.\n..dots\n\nend = =3D =";
        using var client = new SmtpClient("127.0.0.1", _sink.Port);
        using var message = new MailMessage("shop@example.com", "a@example.com,b@example.com", subject, text) { SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        await client.SendMailAsync(message, Stop);

        var mail = _sink.Mails.ShouldHaveSingleItem();
        mail.Subject.ShouldBe(subject);
        mail.Text.ReplaceLineEndings("\n").TrimEnd('\n').ShouldBe(text);
        mail.From.ShouldBe("shop@example.com");
        mail.To.ShouldBe(["a@example.com", "b@example.com"]);
    }

    [Theory]
    [InlineData(MailStep.Sender, "451 4.3.0 later", SmtpStatusCode.LocalErrorInProcessing)]
    [InlineData(MailStep.Recipient, "550 5.1.1 unknown", SmtpStatusCode.MailboxUnavailable)]
    [InlineData(MailStep.Message, "552 5.3.4 too much", SmtpStatusCode.ExceededStorageAllocation)]
    public async Task It_refuses_when_and_where_it_is_told_to(MailStep step, string answer, SmtpStatusCode status)
    {
        using var client = new SmtpClient("127.0.0.1", _sink.Port);
        _sink.Fault = new(step, answer, step == MailStep.Recipient ? "a@example.com" : null);
        (await Should.ThrowAsync<SmtpException>(SendAsync)).StatusCode.ShouldBe(status);
        _sink.Mails.ShouldBeEmpty();
        _sink.Fault = new(MailStep.Recipient, answer, "b@example.com");
        await SendAsync();
        _sink.Mails.Count.ShouldBe(1);

        Task SendAsync() => client.SendMailAsync("shop@example.com", "a@example.com", "x", "y", Stop);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        (await Should.ThrowAsync<SocketException>(() => MailSink.StartAsync(_sink.Port, new ManualClock()))).SocketErrorCode.ShouldBe(SocketError.AddressAlreadyInUse);
    }

    [Fact]
    public async Task The_page_shows_mails_and_runs_nothing_that_is_in_them()
    {
        await using var page = await MailPage.StartAsync(0, _sink, Stop);
        using var browser = new HttpClient { BaseAddress = page.Address };
        (await browser.GetStringAsync("", Stop)).ShouldContain("There is no mail yet.");
        using var client = new SmtpClient("127.0.0.1", _sink.Port);
        await client.SendMailAsync("shop@example.com", "a@example.com", "<script>alert(1)</script>", "<b>bold</b>", Stop);
        using var rich = new MailMessage("shop@example.com", "a@example.com", "rich", "<script>alert(2)</script><b>rich</b>") { IsBodyHtml = true };
        await client.SendMailAsync(rich, Stop);

        var response = await browser.GetAsync("", Stop);
        var html = await response.Content.ReadAsStringAsync(Stop);
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldContain("&lt;b&gt;bold&lt;/b&gt;");
        html.ShouldContain("<iframe sandbox src=\"/2/html\"");
        html.ShouldNotContain("<script>");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-src 'self'");

        var framed = await browser.GetAsync("2/html", Stop);
        (await framed.Content.ReadAsStringAsync(Stop)).ShouldContain("<b>rich</b>");
        framed.Headers.GetValues("Content-Security-Policy").Single().Split("; ").ShouldContain("sandbox");
        framed.Headers.GetValues("Content-Security-Policy").Single().Split("; ").ShouldContain("default-src 'none'");
        foreach (var none in new[] { "1/html", "3/html", "x/html" })
            (await browser.GetAsync(none, Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    public async ValueTask InitializeAsync() => _sink = await MailSink.StartAsync(0, new ManualClock());

    public ValueTask DisposeAsync() => _sink.DisposeAsync();
}
