using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.SignIn;

/// <summary>The pages that a person sees. Plain HTML: no script, no cookie, labels on every field.</summary>
internal static class SignInPage
{
    private const string Style = """
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b }
        label, legend { display: block; margin-top: 1rem; font-weight: 600 }
        fieldset { border: 1px solid #767676; margin-top: 1rem } fieldset label { font-weight: 400; margin: .25rem 0 }
        input[type=email], input[type=text] { width: 100%; box-sizing: border-box; padding: .5rem; font: inherit }
        button { margin-top: 1.5rem; padding: .6rem 1.2rem; font: inherit; color: #fff; background: #0b5cad; border: 0 }
        :focus-visible { outline: 3px solid #f5a623; outline-offset: 2px } .fault { color: #a80000 }
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

    public static string Form(Authorize.Request request, string email, string name, string? fault = null)
    {
        var page = new StringBuilder();
        page.Append("<p>This is the local stand-in for the shop's sign-in. Whoever you say you are, you are.</p>");
        if (fault is not null)
            page.Append($"<p class=\"fault\" id=\"fault\" role=\"alert\">{Encode(fault)}</p>");
        page.Append("<form method=\"post\">");
        foreach (var (field, value) in Carried(request))
            page.Append($"<input type=\"hidden\" name=\"{field}\" value=\"{Encode(value)}\">");
        var describedBy = fault is null ? "" : " aria-invalid=\"true\" aria-describedby=\"fault\"";
        page.Append("<label for=\"email\">E-mail address</label>");
        page.Append("<input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\" required autofocus");
        page.Append($" value=\"{Encode(email)}\"{describedBy}>");
        page.Append("<label for=\"name\">Name</label>");
        page.Append($"<input id=\"name\" name=\"name\" type=\"text\" autocomplete=\"name\" value=\"{Encode(name)}\">");
        page.Append("<fieldset><legend>Staff roles (customers have none)</legend>");
        foreach (var role in AppRoles.All)
            page.Append($"<label><input type=\"checkbox\" name=\"roles\" value=\"{role}\"> {role}</label>");
        page.Append("</fieldset><button type=\"submit\">Sign in</button></form>");
        return Document("Sign in", page.ToString());
    }

    public static string Refused(string why) => Document("This sign-in request cannot be answered", $"<p role=\"alert\">{Encode(why)}</p>");

    public static string SignedOut() => Document("You are signed out", "<p>You can close this page.</p>");

    public static string Welcome(string authority) => Document(
        "Local sign-in authority",
        $"<p>Authority: <code>{Encode(authority)}</code></p>"
        + $"<p><a href=\"{Encode(authority)}/.well-known/openid-configuration\">Discovery document</a></p>");

    private static IEnumerable<(string Field, string Value)> Carried(Authorize.Request request)
    {
        yield return ("client_id", request.ClientId);
        yield return ("redirect_uri", request.RedirectUri);
        yield return ("response_type", request.ResponseType);
        yield return ("response_mode", request.ResponseMode);
        yield return ("scope", request.Scope);
        yield return ("code_challenge", request.CodeChallenge);
        yield return ("code_challenge_method", request.CodeChallengeMethod);
        if (request.State is not null)
            yield return ("state", request.State);
        if (request.Nonce is not null)
            yield return ("nonce", request.Nonce);
    }

    private static string Document(string title, string body) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{Style}</style></head>
        <body><main><h1>{title}</h1>{body}</main></body>
        </html>
        """;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
