using System.Net;

namespace Shop.Packages.Tests;

/// <summary>Which tokens Microsoft.Identity.Web takes, with the settings that the local shop uses.</summary>
public sealed class IdentityContract(Authority authority) : IClassFixture<Authority>, IAsyncLifetime
{
    private ProtectedApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await ProtectedApi.Start(new()
    {
        ["Instance"] = authority.Instance,
        ["TenantId"] = Authority.Tenant,
        ["ClientId"] = Authority.Client,
        ["RequireHttpsMetadata"] = "false",
        // Else the issuer would be looked up, and that look-up insists on HTTPS whatever RequireHttpsMetadata says.
        ["TokenValidationParameters:ValidIssuer"] = authority.Issuer,
    });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_good_token_says_who_calls_and_in_which_roles() =>
        (await _api.Call(authority.Token())).ShouldBe((HttpStatusCode.OK, $"{Authority.Person} Shop.Fulfilment"));

    [Fact]
    public async Task A_role_or_a_scope_is_needed_and_one_of_them_is_enough()
    {
        (await _api.Call(authority.Token(claims => claims.Remove("scp")))).Status.ShouldBe(HttpStatusCode.OK);
        (await _api.Call(authority.Token(claims => claims.Remove("roles")))).Status.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefused(authority.Token(claims => _ = claims.Remove("scp") && claims.Remove("roles")));
    }

    [Fact]
    public async Task The_time_counts()
    {
        await ShouldBeRefused(authority.Token(age: TimeSpan.FromHours(2)));
        await ShouldBeRefused(authority.Token(age: TimeSpan.FromHours(-1)));
    }

    [Fact]
    public async Task The_audience_counts_by_the_version_of_the_token()
    {
        await ShouldBeRefused(authority.Token(claims => claims["aud"] = "another"));
        await ShouldBeRefused(authority.Token(claims => claims["aud"] = $"api://{Authority.Client}"));
        await ShouldBeRefused(authority.Token(claims => claims.Remove("ver")));
        (await _api.Call(authority.Token(claims => (claims["ver"], claims["aud"]) = ("1.0", $"api://{Authority.Client}")))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Issuer_and_tenant_count()
    {
        await ShouldBeRefused(authority.Token(claims => claims["iss"] = "http://elsewhere.example/v2.0"));
        await ShouldBeRefused(authority.Token(claims => claims["iss"] = $"{authority.Instance}{Guid.Empty}/v2.0"));
        await ShouldBeRefused(authority.Token(claims => claims["tid"] = Guid.Empty.ToString()));
    }

    [Fact]
    public async Task The_signature_counts()
    {
        await ShouldBeRefused(authority.Token(key: authority.ForgedKey));
        await ShouldBeRefused(authority.Token(key: authority.UnknownKey));
        await ShouldBeRefused(authority.UnsignedToken());
        await ShouldBeRefused(authority.Token()[..^10]);
        var good = authority.Token().Split('.');
        var other = authority.Token(claims => claims["oid"] = Guid.Empty.ToString()).Split('.');
        await ShouldBeRefused($"{good[0]}.{other[1]}.{good[2]}");
    }

    [Fact]
    public async Task What_is_no_token_is_refused()
    {
        await ShouldBeRefused(null);
        await ShouldBeRefused("rubbish");
        await ShouldBeRefused("a.b.c");
    }

    private async Task ShouldBeRefused(string? token) => (await _api.Call(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
}
