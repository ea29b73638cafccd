using System.Net;
using System.Text.Json;

namespace Shop.Packages.Tests.Identity;

/// <summary>Which tokens of a local authority an API takes, with the settings that the local shop uses.</summary>
public sealed class BearerTokens(Authority authority) : IClassFixture<Authority>, IAsyncLifetime
{
    private ProtectedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await ProtectedApi.Start(Settings.ForPlainHttp(authority));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_good_token_says_who_calls_and_in_which_roles()
    {
        var (status, body) = await _api.Call(authority.Token());

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldBe($"{Authority.Person} Shop.Fulfilment");
    }

    [Fact]
    public async Task A_token_with_a_role_needs_no_scope_and_the_other_way_round()
    {
        (await _api.Call(authority.Token(claims => claims.Remove("scp")))).Status.ShouldBe(HttpStatusCode.OK);
        (await _api.Call(authority.Token(claims => claims.Remove("roles")))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_with_neither_scope_nor_role_is_refused() =>
        await ShouldBeRefused(authority.Token(claims =>
        {
            claims.Remove("scp");
            claims.Remove("roles");
        }));

    [Fact]
    public async Task A_request_without_a_token_is_refused_and_the_problem_names_no_detail()
    {
        var (status, body) = await _api.Call(null);

        status.ShouldBe(HttpStatusCode.Unauthorized);
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.TryGetProperty("detail", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_token_is_answered_with_a_problem_that_says_why()
    {
        var (_, body) = await _api.Call(authority.Token(age: TimeSpan.FromHours(2)));

        JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public Task An_expired_token_is_refused() => ShouldBeRefused(authority.Token(age: TimeSpan.FromHours(2)));

    [Fact]
    public Task A_token_that_is_not_valid_yet_is_refused() => ShouldBeRefused(authority.Token(age: TimeSpan.FromHours(-1)));

    [Fact]
    public Task A_token_for_another_api_is_refused() => ShouldBeRefused(authority.Token(claims => claims["aud"] = "another"));

    [Fact]
    public async Task A_version_2_token_names_the_client_and_a_version_1_token_its_uri()
    {
        await ShouldBeRefused(authority.Token(claims => claims["aud"] = $"api://{Authority.Client}"));
        await ShouldBeRefused(authority.Token(claims => claims["ver"] = "1.0"));

        var version1 = authority.Token(claims => (claims["ver"], claims["aud"]) = ("1.0", $"api://{Authority.Client}"));
        (await _api.Call(version1)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_that_tells_no_version_fits_no_audience() =>
        await ShouldBeRefused(authority.Token(claims => claims.Remove("ver")));

    [Fact]
    public async Task A_token_of_another_issuer_is_refused()
    {
        await ShouldBeRefused(authority.Token(claims => claims["iss"] = "http://elsewhere.example/v2.0"));
        await ShouldBeRefused(authority.Token(claims => claims["iss"] = $"{authority.Instance}{Guid.Empty}/v2.0"));
    }

    [Fact]
    public async Task A_token_of_the_issuer_for_another_tenant_is_refused() =>
        await ShouldBeRefused(authority.Token(claims => claims["tid"] = Guid.Empty.ToString()));

    [Fact]
    public async Task A_token_that_another_key_signed_is_refused()
    {
        await ShouldBeRefused(authority.Token(key: authority.ForgedKey));
        await ShouldBeRefused(authority.Token(key: authority.UnknownKey));
    }

    [Fact]
    public async Task A_token_that_nobody_signed_is_refused()
    {
        await ShouldBeRefused(authority.UnsignedToken());
        await ShouldBeRefused(authority.Token()[..^10]);
    }

    [Fact]
    public async Task A_token_with_a_claim_changed_is_refused()
    {
        var good = authority.Token().Split('.');
        var other = authority.Token(claims => claims["oid"] = Guid.Empty.ToString()).Split('.');

        await ShouldBeRefused($"{good[0]}.{other[1]}.{good[2]}");
    }

    [Fact]
    public async Task What_is_no_token_at_all_is_refused()
    {
        await ShouldBeRefused("rubbish");
        await ShouldBeRefused("a.b.c");
    }

    private async Task ShouldBeRefused(string token) => (await _api.Call(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
}
