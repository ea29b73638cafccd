using System.Net.Mail;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.SignIn;

/// <summary>
/// <c>POST /token-for</c> with <c>{ "email", "name"?, "roles"?: [] }</c> answers <c>{ "access_token", "expires_in" }</c>: a
/// sign-in without the page, for the command line; <c>GET /token?as=ada@example.com&amp;role=Shop.Finance</c> answers the token and
/// nothing else, for a shell. No such endpoints exist in Entra.
/// </summary>
internal sealed class TokenFor(TokenIssuer tokens)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
            var request = new TokenRequest((string?)body?["email"] ?? "")
            {
                Name = (string?)body?["name"],
                Roles = [.. (body?["roles"] as JsonArray ?? []).Select(role => (string?)role ?? "")],
            };
            if (Fault(request) is { } fault)
            {
                await RefuseAsync(context, fault);
                return;
            }

            await context.Response.WriteAsJsonAsync(new JsonObject
            {
                ["access_token"] = tokens.AccessToken(request),
                ["token_type"] = "Bearer",
                ["expires_in"] = (long)request.Lifetime.TotalSeconds,
            });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            await RefuseAsync(context, "The body must be JSON such as { \"email\": \"ada@example.com\", \"roles\": [] }.");
        }
    }

    public Task HandleGetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var request = new TokenRequest(query["as"].ToString()) { Name = query["name"] is [{ } name] ? name : null, Roles = [.. query["role"].OfType<string>()] };
        context.Response.Headers.CacheControl = "no-store";
        if (Fault(request) is { } fault)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync($"{fault} Ask as /token?as=ada@example.com&role=Shop.Finance.\n", context.RequestAborted);
        }

        return context.Response.WriteAsync($"{tokens.AccessToken(request)}\n", context.RequestAborted);
    }

    private static string? Fault(TokenRequest request)
    {
        if (!MailAddress.TryCreate(request.Email, out var address) || address.Address != request.Email)
            return "email must be an e-mail address.";
        var unknown = request.Roles.FirstOrDefault(role => !AppRoles.All.Contains(role));
        return unknown is null ? null : $"There is no role {unknown}; there are {string.Join(", ", AppRoles.All)}.";
    }

    private static Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = "invalid_request", ["error_description"] = why });
    }
}
