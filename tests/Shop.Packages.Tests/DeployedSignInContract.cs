using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Web;

namespace Shop.Packages.Tests;

/// <summary>
/// Which tokens Microsoft.Identity.Web takes with nothing set but instance, tenant and client, as the deployed app has it. The local
/// shop names its issuer, because the look-up of one insists on https; so only here is that look-up seen.
/// </summary>
public sealed class DeployedSignInContract : IClassFixture<SignInAuthority>, IAsyncLifetime
{
    private readonly SignInAuthority _authority;
    private readonly ServiceProvider _services;

    public DeployedSignInContract(SignInAuthority authority)
    {
        _authority = authority;
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureAd:Instance"] = SignInAuthority.Instance,
            ["AzureAd:TenantId"] = SignInAuthority.Tenant,
            ["AzureAd:ClientId"] = SignInAuthority.Client,
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddLogging();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddMicrosoftIdentityWebApi(settings.GetSection("AzureAd"));
        services.AddHttpClient("issuers").ConfigurePrimaryHttpMessageHandler(authority.NewHandler);
        services.Configure<AadIssuerValidatorOptions>(options => options.HttpClientName = "issuers");
        services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = authority.NewHandler());
        _services = services.BuildServiceProvider();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task A_good_token_says_who_calls_and_in_which_roles()
    {
        var person = (await AskAsync(_authority.Token())).ShouldNotBeNull();

        person.GetObjectId().ShouldBe(SignInAuthority.Person);
        person.IsInRole("Shop.Fulfilment").ShouldBeTrue();
        person.IsInRole("Shop.Finance").ShouldBeFalse();
        person.FindFirstValue("preferred_username").ShouldBe("ada@example.com");
    }

    [Fact]
    public async Task A_scope_without_a_role_will_do_and_a_token_with_neither_will_not()
    {
        (await AskAsync(_authority.Token(claims => claims.Remove("roles")))).ShouldNotBeNull();
        await RefusedAsync(_authority.Token(claims => _ = claims.Remove("roles") && claims.Remove("scp")));
    }

    [Fact]
    public async Task The_issuer_is_the_one_that_the_authority_names()
    {
        var other = Guid.Empty.ToString();
        await RefusedAsync(_authority.Token(claims => claims["iss"] = "https://elsewhere.example/v2.0"));
        await RefusedAsync(_authority.Token(claims => claims.Remove("iss")));
        await RefusedAsync(_authority.Token(claims => (claims["tid"], claims["iss"]) = (other, $"{SignInAuthority.Instance}{other}/v2.0")));
    }

    [Fact]
    public async Task The_audience_is_this_api()
    {
        await RefusedAsync(_authority.Token(claims => claims["aud"] = "another"));
        await RefusedAsync(_authority.Token(claims => claims.Remove("aud")));
    }

    [Fact]
    public async Task The_signature_is_made_with_a_published_key()
    {
        await RefusedAsync(_authority.Token(isForged: true));
        await RefusedAsync(_authority.UnsignedToken());
        await RefusedAsync(_authority.Token()[..^4] + "AAAA");
    }

    [Fact]
    public async Task The_time_is_within_the_tokens_hour()
    {
        await RefusedAsync(_authority.Token(age: TimeSpan.FromHours(2)));
        await RefusedAsync(_authority.Token(age: TimeSpan.FromHours(-1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("a.b.c")]
    public Task What_is_no_token_is_refused_without_an_exception(string token) => RefusedAsync(token);

    private async Task RefusedAsync(string token) => (await AskAsync(token)).ShouldBeNull();

    /// <summary>Asks as the app's middleware does.</summary>
    private async Task<ClaimsPrincipal?> AskAsync(string token)
    {
        await using var scope = _services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Authorization = $"Bearer {token}";
        var result = await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        return result.Succeeded ? result.Principal : null;
    }
}
