using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Local.SignIn;

namespace Shop.Local.Tests.SignIn;

/// <summary>The tokens that the authority gives out, with its page and without.</summary>
public sealed class TokenTests(SignInTest.SharedAuthority shared) : SignInTest(shared)
{
    [Fact]
    public async Task A_customer_s_token_has_no_roles_claim()
    {
        var access = await ValidateAsync(Authority.IssueToken("ada@example.com"), ApiClientId);
        access.Claims.ShouldNotContainKey("roles");
    }

    [Fact]
    public void One_role_alone_is_an_array_in_the_token()
    {
        var token = new JsonWebToken(Authority.IssueToken("ada@example.com", ["Shop.Operator"]));
        JsonNode.Parse(Base64Url.DecodeFromChars(token.EncodedPayload))!["roles"].ShouldBeOfType<JsonArray>().Count.ShouldBe(1);
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
        (await TokenAsync(Form(StorefrontClientId, Authority.IssueToken("ada@example.com")))).Error.ShouldBe("invalid_grant");
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
        string ObjectId(string email) => new JsonWebToken(Authority.IssueToken(email)).GetClaim("oid").Value;
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
        var forged = other.IssueToken(new TokenRequest("ada@example.com") { Issuer = Authority.Issuer });
        (await ValidateAsync(forged, ApiClientId, Authority, mustBeValid: false)).IsValid.ShouldBeFalse();
        var expired = Authority.IssueToken("ada@example.com", lifetime: TimeSpan.FromHours(-1));
        (await ValidateAsync(expired, ApiClientId, Authority, mustBeValid: false)).IsValid.ShouldBeFalse();
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
}
