using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using Shop.Local.Mail;

namespace Shop.Local.Tests.Mail;

/// <summary>The sink at the wire, and as the framework's own client sees it.</summary>
public sealed class MailSinkTests : IAsyncLifetime
{
    private readonly MailSink _sink = MailSink.Start(0, new ManualClock());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Plain", "One line.")]
    [InlineData("Größe: 12 µm – 漢字", "Zeile 1: äöü €\n.\n..dots\n\nend = =3D =")]
    [InlineData("A subject that is so long that it has to be folded somewhere, for lines in mail are not to be longer than 78 characters ö", "x")]
    public async Task What_the_client_sends_is_what_is_read(string subject, string text)
    {
        foreach (var encoding in new[] { System.Net.Mime.TransferEncoding.QuotedPrintable, System.Net.Mime.TransferEncoding.Base64, System.Net.Mime.TransferEncoding.EightBit })
        {
            using var client = new SmtpClient("127.0.0.1", _sink.Port);
            using var message = new MailMessage("shop@example.com", "a@example.com,b@example.com", subject, text)
            {
                SubjectEncoding = Encoding.UTF8,
                BodyEncoding = Encoding.UTF8,
                BodyTransferEncoding = encoding,
            };
            await client.SendMailAsync(message, Stop);
        }

        _sink.Mails.Count.ShouldBe(3);
        foreach (var mail in _sink.Mails)
        {
            mail.Subject.ShouldBe(subject);
            mail.Text.ReplaceLineEndings("\n").TrimEnd('\n').ShouldBe(text);
            mail.From.ShouldBe("shop@example.com");
            mail.To.ShouldBe(["a@example.com", "b@example.com"]);
        }
    }

    [Fact]
    public async Task Commands_are_answered_by_number_in_any_order()
    {
        (await TalkAsync("HELP", "DATA", "RCPT TO:<a@b>", "EHLO x", "MAIL FROM:<>", "DATA", "RCPT TO:a", "RCPT TO:<a@b>", "RSET", "DATA", "NOOP", "QUIT"))
            .ShouldBe(["220", "502", "503", "503", "250", "250", "503", "503", "250", "250", "503", "250", "221"]);
        _sink.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_refuses_when_it_is_told_to()
    {
        _sink.Refusal = "451 later";
        (await TalkAsync("EHLO x", "MAIL FROM:<a@b>", "QUIT")).ShouldBe(["220", "250", "451", "221"]);
        _sink.Refusal = null;
        (await TalkAsync("EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "Subject: x\r\n\r\n..\r\n.", "QUIT")).ShouldBe(["220", "250", "250", "250", "354", "250", "221"]);
        _sink.Mails.ShouldHaveSingleItem().Text.ShouldBe(".\r\n");
    }

    [Fact]
    public async Task The_page_shows_mails_and_runs_nothing_that_is_in_them()
    {
        await using var page = await MailPage.StartAsync(0, _sink, Stop);
        using var browser = new HttpClient();
        (await browser.GetStringAsync(page.Address, Stop)).ShouldContain("There is no mail yet.");
        using var client = new SmtpClient("127.0.0.1", _sink.Port);
        await client.SendMailAsync("shop@example.com", "a@example.com", "<script>alert(1)</script>", "<b>bold</b>", Stop);
        var html = await browser.GetStringAsync(page.Address, Stop);
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldContain("&lt;b&gt;bold&lt;/b&gt;");
        html.ShouldNotContain("<script>");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    /// <returns>The numbers of the answers.</returns>
    private async Task<List<string>> TalkAsync(params string[] lines)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", _sink.Port, Stop);
        using var reader = new StreamReader(socket.GetStream());
        var answers = new List<string> { (await reader.ReadLineAsync(Stop))![..3] };
        foreach (var line in lines)
        {
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), Stop);
            answers.Add((await reader.ReadLineAsync(Stop))![..3]);
        }

        return answers;
    }
}
