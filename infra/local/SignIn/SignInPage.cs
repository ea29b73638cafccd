using System.Net;
using System.Text;

namespace Shop.Local.SignIn;

/// <summary>The pages that a person sees. Plain HTML: no script, labels on every field.</summary>
internal static class SignInPage
{
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
            page.Append($"<label><input type=\"checkbox\" name=\"roles\" value=\"{role}\"{(request.Roles.Contains(role) ? " checked" : "")}> {role}</label>");
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

    private static string Document(string title, string body) => Page.Document(title, body, narrow: true);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
