using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.SignIn;

/// <summary>The token endpoint: exchanges a code with its PKCE verifier, or a refresh token, for tokens.</summary>
internal sealed class ExchangeToken(TokenIssuer tokens, AuthorizationCodes codes, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, "invalid_request", 900144, "The body must be a form (application/x-www-form-urlencoded).");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        switch (form["grant_type"].ToString())
        {
            case "authorization_code":
                await ExchangeCodeAsync(context, form);
                break;
            case "refresh_token":
                await RefreshAsync(context, form);
                break;
            default:
                await RefuseAsync(context, "unsupported_grant_type", 70003, "grant_type must be authorization_code or refresh_token.");
                break;
        }
    }

    private Task ExchangeCodeAsync(HttpContext context, IFormCollection form)
    {
        if (codes.Redeem(form["code"].ToString()) is not { } grant)
            return RefuseAsync(context, "invalid_grant", 70000, "The code is unknown, used or expired.");
        if (form["client_id"] != grant.ClientId || form["redirect_uri"] != grant.RedirectUri)
            return RefuseAsync(context, "invalid_grant", 500112, "client_id and redirect_uri must be those of the authorization request.");
        var proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (proof != grant.CodeChallenge)
            return RefuseAsync(context, "invalid_grant", 501481, "The code_verifier does not match the code_challenge.");
        return context.Response.WriteAsJsonAsync(tokens.Tokens(grant.Person, grant.ClientId, grant.Scope, grant.Nonce));
    }

    private Task RefreshAsync(HttpContext context, IFormCollection form)
    {
        if (tokens.ReadRefreshToken(form["refresh_token"].ToString()) is not { } known || known.ClientId != form["client_id"])
            return RefuseAsync(context, "invalid_grant", 70008, "The refresh token is not valid for this client, or has expired.");
        var scope = form["scope"].ToString();
        return context.Response.WriteAsJsonAsync(
            tokens.Tokens(known.Person, known.ClientId, scope.Length > 0 ? scope : known.Scope, nonce: null));
    }

    private Task RefuseAsync(HttpContext context, string error, int code, string description)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["error"] = error,
            ["error_description"] = $"AADSTS{code}: {description}",
            ["error_codes"] = new JsonArray(code),
            ["timestamp"] = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["trace_id"] = Guid.NewGuid().ToString(),
            ["correlation_id"] = Guid.NewGuid().ToString(),
        });
    }
}
