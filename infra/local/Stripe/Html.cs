using Microsoft.AspNetCore.Http;

namespace Shop.Local.Stripe;

/// <summary>The frame of the sandbox's pages: no script, no foreign content.</summary>
internal static class Html
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }
        table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: 600; padding: .5rem 0 }
        th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #ccc; overflow-wrap: anywhere }
        label { display: block; margin-top: 1rem; font-weight: 600 }
        input { padding: .4rem; font: inherit; border: 1px solid #767676; max-width: 100% } form.inline { display: inline }
        button { margin: .25rem .5rem .25rem 0; padding: .4rem .8rem; font: inherit; color: #fff; background: #0b5cad }
        button.quiet { color: #0b5cad; background: #fff } :focus-visible { outline: 3px solid #f5a623; outline-offset: 2px }
        .fault { color: #a80000 }
        """;

    public static Task WriteAsync(HttpContext context, int status, string html)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    public static string Document(string title, string body) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{Style}</style></head>
        <body><main><h1>{title}</h1>{body}</main></body>
        </html>
        """;
}
