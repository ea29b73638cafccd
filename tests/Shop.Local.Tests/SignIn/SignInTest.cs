using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Shop.Local.SignIn;

namespace Shop.Local.Tests.SignIn;

/// <summary>What tests of the sign-in authority share: a browser, and a storefront that redeems its codes.</summary>
public abstract class SignInTest(SignInTest.SharedAuthority shared) : IClassFixture<SignInTest.SharedAuthority>, IDisposable
{
    protected const string ApiClientId = "0f4d6a3e-8b1c-4a55-9f60-2d7c1e5b7a11";
    protected const string StorefrontClientId = "7c2b9d10-44f1-4f0e-8a8e-3b5f0a6d2c22";
    protected const string RedirectUri = "http://localhost:5173/signed-in";
    protected const string Scope = $"openid profile offline_access api://{ApiClientId}/Shop.Access";
    protected const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    protected HttpClient Browser { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    protected SignInAuthority Authority { get; } = shared.Authority;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Browser.Dispose();

    protected string Tenant => Authority.Issuer[..^"/v2.0".Length];

    protected string AuthorizeUrl(string redirectUri = RedirectUri, string? challenge = null, string scope = Scope)
    {
        challenge ??= Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var query = new Dictionary<string, string>
        {
            ["client_id"] = StorefrontClientId,
            ["redirect_uri"] = redirectUri,
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["scope"] = scope,
            ["state"] = "the state & more",
            ["nonce"] = "the nonce",
            ["code_challenge"] = challenge,
            ["code_challenge_method"] = "S256",
        };
        return $"{Tenant}/oauth2/v2.0/authorize?{string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}";
    }

    protected async Task<string> CodeAsync(string scope = Scope)
    {
        var page = await (await Browser.GetAsync(AuthorizeUrl(scope: scope), Cancellation)).Content.ReadAsStringAsync(Cancellation);
        return Query(await SubmitAsync(page, "ada@example.com", "Ada"))["code"];
    }

    protected async Task<Uri> SubmitAsync(string page, string email, string name, params string[] roles)
    {
        var answer = await PostPageAsync(page, email, name, roles);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.Headers.Location!;
    }

    protected async Task<HttpResponseMessage> PostPageAsync(string page, string email, string name, string[] roles)
    {
        var fields = Regex.Matches(page, """<input type="hidden" name="([^"]*)" value="([^"]*)">""")
            .Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Append(new("email", email)).Append(new("name", name))
            .Concat(roles.Select(role => KeyValuePair.Create("roles", role)));
        using var form = new FormUrlEncodedContent(fields);
        return await Browser.PostAsync($"{Tenant}/oauth2/v2.0/authorize", form, Cancellation);
    }

    protected static Dictionary<string, string> CodeForm(string code, string verifier) => new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = StorefrontClientId,
        ["redirect_uri"] = RedirectUri,
        ["code"] = code,
        ["code_verifier"] = verifier,
    };

    protected async Task<JsonObject> RedeemAsync(string code)
    {
        var (status, _, body) = await TokenAsync(CodeForm(code, Verifier));
        status.ShouldBe(HttpStatusCode.OK);
        return body;
    }

    protected async Task<(HttpStatusCode Status, string? Error, JsonObject Body)> TokenAsync(Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        var answer = await Browser.PostAsync($"{Tenant}/oauth2/v2.0/token", form, Cancellation);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        return (answer.StatusCode, (string?)body["error"], body);
    }

    protected async Task<HttpResponseMessage> PostTokenForAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Browser.PostAsync(new Uri(Authority.Address, "/token-for"), content, Cancellation);
    }

    protected Task<TokenValidationResult> ValidateAsync(string token, string audience) => ValidateAsync(token, audience, Authority);

    protected static async Task<TokenValidationResult> ValidateAsync(
        string token, string audience, SignInAuthority authority, bool mustBeValid = true)
    {
        var discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.Issuer}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = false });
        var configuration = await discovery.GetConfigurationAsync(Cancellation);
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = audience,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = ["RS256"],
        });
        if (mustBeValid)
            result.IsValid.ShouldBeTrue(result.Exception?.Message);
        return result;
    }

    protected static string Claim(TokenValidationResult token, string name) => token.ClaimsIdentity.FindFirst(name)!.Value;

    protected static Dictionary<string, string> Query(Uri address) => address.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));

    /// <summary>Making its key is the slowest part of an authority, so the tests share one.</summary>
    public sealed class SharedAuthority : IAsyncLifetime
    {
        public SignInAuthority Authority { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var options = new SignInOptions { ClientId = ApiClientId, RedirectOrigins = [new("https://shop.example")] };
            Authority = await SignInAuthority.StartAsync(options, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => Authority.DisposeAsync();
    }
}
