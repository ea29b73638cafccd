using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.Mail;

/// <summary>
/// A web page with the mails that came to the sink, the newest first. What a mail has in HTML is shown in a frame that
/// runs no script, sends no form and fetches nothing.
/// </summary>
public sealed class MailPage : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private MailPage(LoopbackServer server) => _server = server;

    public Uri Address => _server.Address;

    /// <summary>Starts on the given port, 0 for a free one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MailPage> StartAsync(int port, MailSink sink, CancellationToken cancellationToken) => new(
        await LoopbackServer.StartAsync(port, app => Map(app, sink), cancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Map(WebApplication app, MailSink sink)
    {
        app.MapGet("/", context => Page.WriteAsync(context, 200, Page.Document("Mail", Written(sink)), frames: "'self'"));
        app.MapGet("/{number:int}/html", context => WriteHtmlAsync(context, sink));
    }

    private static Task WriteHtmlAsync(HttpContext context, MailSink sink)
    {
        var number = (string?)context.Request.RouteValues["number"];
        if (sink.Mails.FirstOrDefault(mail => mail.Number.ToString(CultureInfo.InvariantCulture) == number) is not { Html: { } html })
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private static string Written(MailSink sink)
    {
        var html = new StringBuilder($"<p>What the shop sends to port {sink.Port} ends here. Nothing is delivered.</p>");
        if (sink.Mails.Count == 0) html.Append("<p>There is no mail yet.</p>");
        foreach (var mail in sink.Mails.Reverse())
        {
            html.Append($"<h2>{Encode(mail.Subject)}</h2><p>{mail.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, ")
                .Append($"from {Encode(mail.From)} to {Encode(string.Join(", ", mail.To))}</p>");
            if (mail.Html is not null)
                html.Append($"<iframe sandbox src=\"/{mail.Number}/html\" title=\"Mail {mail.Number} as HTML\"></iframe>");
            if (mail.Text.Length > 0 || mail.Html is null) html.Append($"<pre>{Encode(mail.Text)}</pre>");
        }

        return html.ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
