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

public sealed class SignInAuthorityTests(SignInAuthorityTests.SharedAuthority shared)
    : IClassFixture<SignInAuthorityTests.SharedAuthority>, IDisposable
{
    private const string ApiClientId = "0f4d6a3e-8b1c-4a55-9f60-2d7c1e5b7a11";
    private const string StorefrontClientId = "7c2b9d10-44f1-4f0e-8a8e-3b5f0a6d2c22";
    private const string RedirectUri = "http://localhost:5173/signed-in";
    private const string Scope = $"openid profile offline_access api://{ApiClientId}/Shop.Access";
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly SignInAuthority _authority = shared.Authority;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Tenant => _authority.Issuer[..^"/v2.0".Length];

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_storefront_signs_someone_in_with_a_code_and_pkce_and_the_tokens_validate_through_discovery()
    {
        var page = await _browser.GetAsync(AuthorizeUrl(), Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);

        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var back = await SubmitAsync(html, "Ada@Example.com", "Ada Lovelace", "Shop.Finance", "Shop.Privacy");
        back.AbsoluteUri.ShouldStartWith(RedirectUri + "?code=");
        Query(back)["state"].ShouldBe("the state & more");

        var tokens = await RedeemAsync(Query(back)["code"]);
        var access = await ValidateAsync((string)tokens["access_token"]!, ApiClientId);
        Claim(access, "ver").ShouldBe("2.0");
        Claim(access, "preferred_username").ShouldBe("Ada@Example.com");
        Claim(access, "email").ShouldBe("Ada@Example.com");
        Claim(access, "name").ShouldBe("Ada Lovelace");
        Claim(access, "scp").ShouldBe("Shop.Access");
        Claim(access, "azp").ShouldBe(StorefrontClientId);
        Guid.TryParse(Claim(access, "oid"), out _).ShouldBeTrue();
        access.ClaimsIdentity.FindAll("roles").Select(role => role.Value).ShouldBe(["Shop.Finance", "Shop.Privacy"]);

        var id = await ValidateAsync((string)tokens["id_token"]!, StorefrontClientId);
        Claim(id, "nonce").ShouldBe("the nonce");
        Claim(id, "oid").ShouldBe(Claim(access, "oid"));
        Claim(id, "sub").ShouldNotBe(Claim(access, "oid"));
    }

    [Fact]
    public async Task Whoever_has_signed_in_is_known_to_their_browser_until_they_sign_out()
    {
        async Task<Dictionary<string, string>> AskedSilentlyAsync() => Query((await _browser.GetAsync(AuthorizeUrl() + "&prompt=none", Cancellation)).Headers.Location!);
        (await AskedSilentlyAsync())["error"].ShouldBe("login_required");
        await SubmitAsync(await (await _browser.GetAsync(AuthorizeUrl(), Cancellation)).Content.ReadAsStringAsync(Cancellation), "ada@example.com", "", "Shop.Finance");

        var access = await ValidateAsync((string)(await RedeemAsync((await AskedSilentlyAsync())["code"]))["access_token"]!, ApiClientId);
        (Claim(access, "email"), Claim(access, "roles")).ShouldBe(("ada@example.com", "Shop.Finance"));

        await _browser.GetAsync($"{Tenant}/oauth2/v2.0/logout", Cancellation);
        (await AskedSilentlyAsync())["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task A_customer_s_token_has_no_roles_claim()
    {
        var access = await ValidateAsync(_authority.IssueToken("ada@example.com"), ApiClientId);
        access.Claims.ShouldNotContainKey("roles");
    }

    [Fact]
    public void One_role_alone_is_an_array_in_the_token()
    {
        var token = new JsonWebToken(_authority.IssueToken("ada@example.com", ["Shop.Operator"]));
        JsonNode.Parse(Base64Url.DecodeFromChars(token.EncodedPayload))!["roles"].ShouldBeOfType<JsonArray>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await CodeAsync();
        await RedeemAsync(code);
        (await TokenAsync(CodeForm(code, Verifier))).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_without_its_verifier_is_worth_nothing()
    {
        (await TokenAsync(CodeForm(await CodeAsync(), "another-verifier-of-at-least-forty-three-characters"))).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_request_without_pkce_is_sent_back_with_an_error()
    {
        var answer = await _browser.GetAsync(AuthorizeUrl(challenge: ""), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var query = Query(answer.Headers.Location!);
        query["error"].ShouldBe("invalid_request");
        query["state"].ShouldBe("the state & more");
    }

    [Theory]
    [InlineData("https://evil.example/signed-in")]
    [InlineData("https://shop.example.evil.example/")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_configured(string address)
    {
        var answer = await _browser.GetAsync(AuthorizeUrl(redirectUri: address), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_configured_origin_is_an_address_to_come_back_to()
    {
        (await _browser.GetAsync(AuthorizeUrl(redirectUri: "https://shop.example/back"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_page_asks_again_for_what_is_not_an_address_and_shows_what_was_typed_as_text()
    {
        var page = await (await _browser.GetAsync(AuthorizeUrl(), Cancellation)).Content.ReadAsStringAsync(Cancellation);
        var answer = await PostPageAsync(page, "<b>ada</b>", "\"><script>", []);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        html.ShouldContain("role=\"alert\"");
        html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task A_refresh_token_gives_a_new_access_token_to_its_own_client_only()
    {
        var refresh = (string)(await RedeemAsync(await CodeAsync()))["refresh_token"]!;
        Dictionary<string, string> Form(string client, string token) =>
            new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token, ["client_id"] = client };

        var answer = await TokenAsync(Form(StorefrontClientId, refresh));
        Claim(await ValidateAsync((string)answer.Body["access_token"]!, ApiClientId), "email").ShouldBe("ada@example.com");
        (await TokenAsync(Form("00000000-0000-0000-0000-000000000001", refresh))).Error.ShouldBe("invalid_grant");
        (await TokenAsync(Form(StorefrontClientId, _authority.IssueToken("ada@example.com")))).Error.ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Without_a_scope_of_the_api_the_token_is_for_another_audience()
    {
        var tokens = await RedeemAsync(await CodeAsync("openid profile"));
        new JsonWebToken((string)tokens["access_token"]!).Audiences.ShouldNotContain(ApiClientId);
    }

    [Fact]
    public async Task Token_for_gives_a_token_without_the_page()
    {
        var answer = await PostTokenForAsync("""{ "email": "grace@example.com", "roles": ["Shop.Fulfilment"] }""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        ((int)body["expires_in"]!).ShouldBe(3600);
        var access = await ValidateAsync((string)body["access_token"]!, ApiClientId);
        Claim(access, "name").ShouldBe("grace");
        Claim(access, "roles").ShouldBe("Shop.Fulfilment");
    }

    [Theory]
    [InlineData("""{ "email": "grace@example.com", "roles": ["Shop.Queen"] }""")]
    [InlineData("""{ "email": "nobody" }""")]
    [InlineData("""{ "email": 7 }""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Token_for_refuses_what_makes_no_sense(string body)
    {
        (await PostTokenForAsync(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void The_same_address_is_the_same_person_whatever_its_case()
    {
        string ObjectId(string email) => new JsonWebToken(_authority.IssueToken(email)).GetClaim("oid").Value;
        ObjectId("ada@example.com").ShouldBe(ObjectId("ADA@example.com"));
        ObjectId("ada@example.com").ShouldNotBe(ObjectId("bob@example.com"));
    }

    [Fact]
    public async Task Tokens_outlive_a_restart_when_there_is_a_data_directory()
    {
        using var data = new TemporaryDirectory();
        string token;
        int port;
        var options = new SignInOptions { ClientId = ApiClientId, DataDirectory = data.Path };
        await using (var first = await SignInAuthority.StartAsync(options, Cancellation))
        {
            token = first.IssueToken("ada@example.com");
            port = first.Address.Port;
        }

        await using var second = await SignInAuthority.StartAsync(options with { Port = port }, Cancellation);
        (await ValidateAsync(token, ApiClientId, second)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_authority_s_token_and_an_expired_one_do_not_validate()
    {
        // One that keeps its key has a key of its own.
        using var data = new TemporaryDirectory();
        await using var other = await SignInAuthority.StartAsync(new() { ClientId = ApiClientId, DataDirectory = data.Path }, Cancellation);
        var forged = other.IssueToken(new TokenRequest("ada@example.com") { Issuer = _authority.Issuer });
        (await ValidateAsync(forged, ApiClientId, _authority, mustBeValid: false)).IsValid.ShouldBeFalse();
        var expired = _authority.IssueToken("ada@example.com", lifetime: TimeSpan.FromHours(-1));
        (await ValidateAsync(expired, ApiClientId, _authority, mustBeValid: false)).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Time_comes_from_the_given_clock()
    {
        var clock = new ManualClock();
        await using var authority = await SignInAuthority.StartAsync(new() { ClientId = ApiClientId, TimeProvider = clock }, Cancellation);
        var token = new JsonWebToken(authority.IssueToken("ada@example.com"));
        token.ValidTo.ShouldBe(clock.GetUtcNow().AddHours(1).UtcDateTime);
        token.ValidFrom.ShouldBe(clock.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task Signing_out_goes_back_to_the_storefront_and_nowhere_else()
    {
        var logout = $"{Tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=";
        var back = await _browser.GetAsync(logout + Uri.EscapeDataString(RedirectUri), Cancellation);
        back.Headers.Location.ShouldBe(new Uri(RedirectUri));
        var elsewhere = await _browser.GetAsync(logout + "https%3A%2F%2Fevil.example", Cancellation);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
        elsewhere.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_browser_of_the_storefront_may_call_the_token_endpoint_and_none_may_read_token_for()
    {
        async Task<bool> Allowed(string path, string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(_authority.Address, path));
            request.Headers.Add("Origin", origin);
            var answer = await _browser.SendAsync(request, Cancellation);
            return answer.Headers.Contains("Access-Control-Allow-Origin");
        }

        var tokenPath = new Uri(Tenant + "/oauth2/v2.0/token").AbsolutePath;
        (await Allowed(tokenPath, "https://shop.example")).ShouldBeTrue();
        (await Allowed(tokenPath, "https://evil.example")).ShouldBeFalse();
        (await Allowed("/token-for", "http://localhost:5173")).ShouldBeFalse();
    }

    private string AuthorizeUrl(string redirectUri = RedirectUri, string? challenge = null, string scope = Scope)
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

    private async Task<string> CodeAsync(string scope = Scope)
    {
        var page = await (await _browser.GetAsync(AuthorizeUrl(scope: scope), Cancellation)).Content.ReadAsStringAsync(Cancellation);
        return Query(await SubmitAsync(page, "ada@example.com", "Ada"))["code"];
    }

    private async Task<Uri> SubmitAsync(string page, string email, string name, params string[] roles)
    {
        var answer = await PostPageAsync(page, email, name, roles);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.Headers.Location!;
    }

    private async Task<HttpResponseMessage> PostPageAsync(string page, string email, string name, string[] roles)
    {
        var fields = Regex.Matches(page, """<input type="hidden" name="([^"]*)" value="([^"]*)">""")
            .Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Append(new("email", email)).Append(new("name", name))
            .Concat(roles.Select(role => KeyValuePair.Create("roles", role)));
        using var form = new FormUrlEncodedContent(fields);
        return await _browser.PostAsync($"{Tenant}/oauth2/v2.0/authorize", form, Cancellation);
    }

    private static Dictionary<string, string> CodeForm(string code, string verifier) => new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = StorefrontClientId,
        ["redirect_uri"] = RedirectUri,
        ["code"] = code,
        ["code_verifier"] = verifier,
    };

    private async Task<JsonObject> RedeemAsync(string code)
    {
        var (status, _, body) = await TokenAsync(CodeForm(code, Verifier));
        status.ShouldBe(HttpStatusCode.OK);
        return body;
    }

    private async Task<(HttpStatusCode Status, string? Error, JsonObject Body)> TokenAsync(Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        var answer = await _browser.PostAsync($"{Tenant}/oauth2/v2.0/token", form, Cancellation);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        return (answer.StatusCode, (string?)body["error"], body);
    }

    private async Task<HttpResponseMessage> PostTokenForAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _browser.PostAsync(new Uri(_authority.Address, "/token-for"), content, Cancellation);
    }

    private Task<TokenValidationResult> ValidateAsync(string token, string audience) => ValidateAsync(token, audience, _authority);

    private static async Task<TokenValidationResult> ValidateAsync(
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

    private static string Claim(TokenValidationResult token, string name) => token.ClaimsIdentity.FindFirst(name)!.Value;

    private static Dictionary<string, string> Query(Uri address) => address.Query.TrimStart('?').Split('&')
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
