using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;

namespace Shop.Local.Mail;

/// <summary>A web page with the mails that came to the sink, the newest first.</summary>
public sealed class MailPage : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private MailPage(LoopbackServer server) => _server = server;

    public Uri Address => _server.Address;

    /// <summary>Starts on the given port, 0 for a free one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MailPage> StartAsync(int port, MailSink sink, CancellationToken cancellationToken) => new(
        await LoopbackServer.StartAsync(
            port, app => app.MapGet("/", context => Page.WriteAsync(context, 200, Page.Document("Mail", Written(sink)))), cancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Written(MailSink sink)
    {
        var html = new StringBuilder($"<p>What the shop sends to port {sink.Port} ends here. Nothing is delivered.</p>");
        if (sink.Mails.Count == 0) html.Append("<p>There is no mail yet.</p>");
        foreach (var mail in sink.Mails.Reverse())
        {
            html.Append($"<h2>{Encode(mail.Subject)}</h2><p>{mail.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, ")
                .Append($"from {Encode(mail.From)} to {Encode(string.Join(", ", mail.To))}</p><pre>{Encode(mail.Text)}</pre>");
        }

        return html.ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
