using Microsoft.AspNetCore.Http;

namespace Shop.Local;

/// <summary>The pages that the servers of one machine show to people: plain HTML, no script, no cookie, no foreign content.</summary>
internal static class Page
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 84rem; color: #1b1b1b; overflow-wrap: anywhere }
        body.narrow { max-width: 28rem } h1 { line-height: 1.2 }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; margin-bottom: 1.5rem }
        caption { text-align: left; font-weight: 600; font-size: 1.1rem; padding: .5rem 0 }
        th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #ccc } td { min-width: 3.5rem }
        th { white-space: nowrap } td button { padding: .2rem .6rem; white-space: nowrap }
        label, legend { display: block; margin-top: 1rem; font-weight: 600 }
        fieldset { border: 1px solid #767676; margin-top: 1rem } fieldset label { font-weight: 400; margin: .25rem 0 }
        input { padding: .4rem; font: inherit; border: 1px solid #767676; max-width: 100%; box-sizing: border-box }
        .narrow input[type=email], .narrow input[type=text] { width: 100%; padding: .5rem }
        form.inline { display: inline-flex; align-items: center } form.inline input { width: 5rem; padding: .2rem .4rem }
        button { margin: .25rem .5rem .25rem 0; padding: .4rem .8rem; font: inherit; color: #fff; background: #0b5cad; border: 1px solid #0b5cad }
        button.quiet { color: #0b5cad; background: #fff } :focus-visible { outline: 3px solid #f5a623; outline-offset: 2px }
        @media (max-width: 48rem) { body { margin: 1rem auto } table { display: block; overflow-x: auto } }
        .fault { color: #a80000 } iframe { width: 100%; height: 24rem; border: 1px solid #ccc } pre { white-space: pre-wrap }
        """;

    /// <param name="frames">Whose pages may be shown inside, as a source of a content security policy.</param>
    public static Task WriteAsync(HttpContext context, int status, string html, string frames = "'none'")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; frame-src {frames}; frame-ancestors 'none'; base-uri 'none'";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    /// <param name="title">Text; what is not the program's own must be encoded.</param>
    /// <param name="body">HTML.</param>
    /// <param name="narrow">For a form rather than for tables.</param>
    public static string Document(string title, string body, bool narrow = false) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{Style}</style></head>
        <body{(narrow ? " class=\"narrow\"" : "")}><main><h1>{title}</h1>{body}</main></body>
        </html>
        """;
}
