using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shop.Functions.Platform.Http;

/// <summary>
/// A page for people whom a link in a mail has led here: one style, no script, no cookie, nothing from elsewhere, and forms that
/// go nowhere but back. Its content security policy says so, in place of the one that every answer has.
/// </summary>
/// <param name="Title">Text.</param>
/// <param name="Body">HTML; what is not this app's own words is <see cref="Encode">encoded</see>.</param>
public sealed record HtmlPage(string Title, string Body, int Status = StatusCodes.Status200OK) : IResult
{
    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
        h1{line-height:1.2}h2{margin:2.2rem 0 .4rem;font-size:1.15rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d8dee6;overflow-wrap:anywhere}
        th.sum,td.sum{text-align:right;overflow-wrap:normal}@page{size:A4;margin:18mm}@media print{body{margin:0;padding:0;max-width:none;font-size:.8rem}tr{break-inside:avoid}}
        button{font:inherit;padding:.5rem 1rem;color:#fff;background:#0b5cad;border:1px solid #0b5cad}
        button.quiet{color:#0b5cad;background:#fff}:focus-visible{outline:3px solid #f5a623;outline-offset:2px}
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>What caches may do with it; null for nothing.</summary>
    public string? CacheControl { get; init; }

    public string? ETag { get; init; }

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Only by who names HTML, and likes it better than JSON: a program that takes anything gets JSON.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return false;
        return Quality("text/html") is { } html && html > 0 && html > (Quality("application/json") ?? 0);

        double? Quality(string type) => accepted.Where(one => one.MediaType == type).Select(one => (double?)(one.Quality ?? 1)).Max();
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (CacheControl is not null) response.Headers.CacheControl = CacheControl;
        response.Headers.ContentSecurityPolicy = Policy;
        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
            if (Status == StatusCodes.Status200OK && ETags.IsKnown(ETag, httpContext.Request.Headers.IfNoneMatch))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>{Encode(Title)}</title><style>{Style}</style></head>
            <body><main><h1>{Encode(Title)}</h1>
            {Body}
            </main></body></html>

            """,
            httpContext.RequestAborted);
    }
}
