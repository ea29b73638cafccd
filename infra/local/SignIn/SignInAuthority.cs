using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Shop.Local.SignIn;

/// <summary>
/// An OpenID Connect authority for one machine that behaves as Microsoft Entra External ID does towards a web shop: discovery,
/// key set, authorization code with PKCE, refresh tokens and v2.0 claims. Anyone may sign in as anyone, so it only answers
/// on 127.0.0.1.
/// </summary>
public sealed class SignInAuthority : IAsyncDisposable
{
    private readonly SigningKey _key;
    private readonly TokenIssuer _tokens;
    private LoopbackServer? _server;

    private SignInAuthority(SignInOptions options)
    {
        _key = SigningKey.LoadOrCreate(options.DataDirectory);
        _tokens = new TokenIssuer(options, _key, () => $"{Origin}/{options.TenantId}/v2.0");
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:7072/</c>. The issuer is <c>{address}{tenant}/v2.0</c>.</summary>
    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The sign-in authority has not started.");

    /// <summary>The <c>iss</c> claim of its tokens.</summary>
    public string Issuer => _tokens.Issuer;

    private string Origin => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>Starts the authority; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SignInAuthority> StartAsync(SignInOptions options, CancellationToken cancellationToken)
    {
        var authority = new SignInAuthority(options);
        try
        {
            authority._server = await LoopbackServer.StartAsync(options.Port, app => authority.Map(app, options), cancellationToken);
            return authority;
        }
        catch
        {
            authority._key.Dispose();
            throw;
        }
    }

    /// <summary>A bearer token for the API, as someone with this address gets by signing in.</summary>
    public string IssueToken(string email, IReadOnlyList<string>? roles = null, string? name = null, TimeSpan? lifetime = null) =>
        IssueToken(new TokenRequest(email) { Roles = roles ?? [], Name = name, Lifetime = lifetime ?? TimeSpan.FromHours(1) });

    /// <summary>A bearer token with the claims asked for, sound or not.</summary>
    public string IssueToken(TokenRequest request) => _tokens.AccessToken(request);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _key.Dispose();
    }

    private void Map(WebApplication app, SignInOptions options)
    {
        var redirects = new RedirectUris(options.RedirectOrigins);
        var codes = new AuthorizationCodes(options.TimeProvider);
        var prefix = "/" + options.TenantId;
        var remembered = new RememberedPeople(prefix);
        var authorize = new Authorize(codes, remembered, redirects);
        var token = new ExchangeToken(_tokens, codes, options.TimeProvider);

        app.Use((context, next) => AllowStorefrontOrigins(context, redirects, next));
        app.MapGet(prefix + "/v2.0/.well-known/openid-configuration", context => context.Response.WriteAsJsonAsync(Discovery(options)));
        app.MapGet(prefix + "/discovery/v2.0/keys", context =>
            context.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray(_key.ToJsonWebKey()) }));
        app.MapGet(prefix + "/oauth2/v2.0/authorize", authorize.ShowPageAsync);
        app.MapPost(prefix + "/oauth2/v2.0/authorize", authorize.SignInAsync);
        app.MapPost(prefix + "/oauth2/v2.0/token", token.HandleAsync);
        app.MapGet(prefix + "/oauth2/v2.0/logout", context => SignOutAsync(context, remembered, redirects));
        var tokenFor = new TokenFor(_tokens);
        app.MapPost("/token-for", tokenFor.HandleAsync);
        app.MapGet("/token", tokenFor.HandleGetAsync);
        app.MapGet("/", context => Page.WriteAsync(context, StatusCodes.Status200OK, SignInPage.Welcome(Origin + prefix + "/v2.0")));
    }

    private JsonObject Discovery(SignInOptions options)
    {
        var tenant = $"{Origin}/{options.TenantId}";
        return new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{tenant}/oauth2/v2.0/authorize",
            ["token_endpoint"] = $"{tenant}/oauth2/v2.0/token",
            ["end_session_endpoint"] = $"{tenant}/oauth2/v2.0/logout",
            ["jwks_uri"] = $"{tenant}/discovery/v2.0/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query", "fragment"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["scopes_supported"] = new JsonArray("openid", "profile", "email", "offline_access"),
            ["claims_supported"] = new JsonArray(
                "sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "oid", "tid", "ver", "email"),
            ["request_uri_parameter_supported"] = false,
        };
    }

    /// <summary>A single-page storefront calls the token endpoint from the browser, so its origin must be let through.</summary>
    private static async Task AllowStorefrontOrigins(HttpContext context, RedirectUris redirects, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        // These two hand out tokens for the asking: no web page may read their answers.
        var isTokenFor = context.Request.Path.Value is "/token-for" or "/token";
        if (origin.Length > 0 && redirects.Allows(origin) && !isTokenFor)
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.Vary = "Origin";
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                context.Response.Headers.AccessControlAllowMethods = "GET, POST";
                context.Response.Headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }

        await next(context);
    }

    private static Task SignOutAsync(HttpContext context, RememberedPeople remembered, RedirectUris redirects)
    {
        remembered.Forget(context);
        var next = context.Request.Query["post_logout_redirect_uri"].ToString();
        if (!redirects.Allows(next))
            return Page.WriteAsync(context, StatusCodes.Status200OK, SignInPage.SignedOut());
        var state = context.Request.Query["state"].ToString();
        context.Response.Redirect(state.Length == 0 ? next : RedirectUris.Append(next, "query", [new("state", state)]));
        return Task.CompletedTask;
    }
}
