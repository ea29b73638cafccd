using System.Net.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Shop.Local.SignIn;

/// <summary>
/// The authorization endpoint (RFC 6749 §4.1 with RFC 7636): shows the page, and answers the form with a redirect that carries
/// a code. A request whose redirect address is not allowed is answered here and never redirected.
/// </summary>
internal sealed class Authorize(AuthorizationCodes codes, RememberedPeople remembered, RedirectUris redirects)
{
    /// <summary>What the client asked for; the page carries it through in hidden fields.</summary>
    /// <param name="Roles">What the page offers as ticked: no authority but this one asks, and it is the person who says.</param>
    internal sealed record Request(
        string ClientId, string RedirectUri, string ResponseType, string ResponseMode, string Scope, string? State, string? Nonce,
        string CodeChallenge, string CodeChallengeMethod, string? Prompt, string? LoginHint, IReadOnlyList<string> Roles)
    {
        public static Request Read(Func<string, StringValues> value)
        {
            string? Optional(string name) => StringValues.IsNullOrEmpty(value(name)) ? null : value(name).ToString();
            string Text(string name) => Optional(name) ?? "";
            return new Request(
                Text("client_id"), Text("redirect_uri"), Text("response_type"), Optional("response_mode") ?? "query", Text("scope"),
                Optional("state"), Optional("nonce"), Text("code_challenge"), Text("code_challenge_method"), Optional("prompt"),
                Optional("login_hint"), [.. AppRoles.All.Where(role => value("roles").Contains(role))]);
        }

        public (string Error, string Description)? Fault() => this switch
        {
            { ResponseType: not "code" } => ("unsupported_response_type", "Only response_type=code is supported."),
            { ResponseMode: not ("query" or "fragment") } => ("invalid_request", "response_mode must be query or fragment."),
            { Scope: "" } => ("invalid_request", "scope is missing."),
            { CodeChallenge.Length: not 43 } => ("invalid_request", "A code_challenge (PKCE) is required: 43 characters, S256."),
            { CodeChallengeMethod: not "S256" } => ("invalid_request", "code_challenge_method must be S256."),
            _ => null,
        };
    }

    public async Task ShowPageAsync(HttpContext context)
    {
        var request = Request.Read(name => context.Request.Query[name]);
        if (await RefuseAsync(context, request))
            return;
        if (request.Prompt == "none")
        {
            if (remembered.Of(context) is { } known) SendCode(context, request, known);
            else SendBack(context, request, [new("error", "login_required"), new("error_description", "Nobody is signed in, and prompt=none forbids asking.")]);
            return;
        }

        var page = SignInPage.Form(request, email: request.LoginHint ?? "", name: "");
        await Page.WriteAsync(context, StatusCodes.Status200OK, page);
    }

    public async Task SignInAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var request = Request.Read(name => form.TryGetValue(name, out var typed) ? typed : context.Request.Query[name]);
        if (await RefuseAsync(context, request))
            return;

        var email = form["email"].ToString().Trim();
        var name = form["name"].ToString().Trim();
        if (!MailAddress.TryCreate(email, out var parsed) || parsed.Address != email)
        {
            var page = SignInPage.Form(request, email, name, fault: "Enter an e-mail address, such as ada@example.com.");
            await Page.WriteAsync(context, StatusCodes.Status400BadRequest, page);
            return;
        }

        var person = new Person(email, name.Length > 0 ? name : parsed.User, [.. AppRoles.All.Where(role => form["roles"].Contains(role))]);
        remembered.Remember(context, person);
        SendCode(context, request, person);
    }

    private void SendCode(HttpContext context, Request request, Person person)
    {
        var code = codes.Issue(new Grant(
            person, request.ClientId, request.RedirectUri, request.Scope, request.Nonce, request.CodeChallenge));
        SendBack(context, request, [new("code", code)]);
    }

    /// <summary>True when the request was answered because something about it is wrong.</summary>
    private async Task<bool> RefuseAsync(HttpContext context, Request request)
    {
        if (request.ClientId.Length == 0 || !redirects.Allows(request.RedirectUri))
        {
            var why = request.ClientId.Length == 0
                ? "The request names no client_id."
                : "The request's redirect_uri is neither a loopback address nor one of the configured origins.";
            await Page.WriteAsync(context, StatusCodes.Status400BadRequest, SignInPage.Refused(why));
            return true;
        }

        if (request.Fault() is not { } fault)
            return false;
        SendBack(context, request, [new("error", fault.Error), new("error_description", fault.Description)]);
        return true;
    }

    private static void SendBack(HttpContext context, Request request, List<KeyValuePair<string, string>> values)
    {
        if (request.State is not null)
            values.Add(new("state", request.State));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = RedirectUris.Append(request.RedirectUri, request.ResponseMode, values);
    }
}
