using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;

namespace Shop.Packages.Tests.Identity;

public sealed class AuthoritySettings(Authority authority) : IClassFixture<Authority>
{
    [Theory]
    [InlineData("https://login.microsoftonline.com/", "contoso", null, "https://login.microsoftonline.com/contoso/v2.0")]
    [InlineData("https://login.microsoftonline.com", "contoso", null, "https://login.microsoftonline.com/contoso/v2.0")]
    [InlineData("https://contoso.ciamlogin.com/", "1234", null, "https://contoso.ciamlogin.com/1234/v2.0")]
    [InlineData(null, null, "https://contoso.ciamlogin.com/", "https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0")]
    [InlineData(null, null, "https://contoso.ciamlogin.com/1234", "https://contoso.ciamlogin.com/1234/v2.0")]
    [InlineData(null, null, "https://login.example.com/tenant/v2.0/", "https://login.example.com/tenant/v2.0")]
    [InlineData(null, null, "https://login.example.com/tenant?dc=1", "https://login.example.com/tenant/v2.0")]
    [InlineData("https://login.microsoftonline.com/", "a", "https://login.example.com/tenant", "https://login.example.com/tenant/v2.0")]
    public async Task The_authority_is_put_together_from_the_settings(string? instance, string? tenant, string? address, string expected)
    {
        await using var api = await ProtectedApi.Start(new()
        {
            ["Instance"] = instance,
            ["TenantId"] = tenant,
            ["Authority"] = address,
            ["ClientId"] = Authority.Client,
        });

        Bearer(api).Authority.ShouldBe(expected);
    }

    [Fact]
    public async Task A_user_flow_makes_it_a_B2C_authority()
    {
        await using var api = await ProtectedApi.Start(new()
        {
            ["Instance"] = "https://contoso.b2clogin.com/",
            ["Domain"] = "contoso.onmicrosoft.com",
            ["SignUpSignInPolicyId"] = "B2C_1_susi",
            ["ClientId"] = Authority.Client,
        });

        Bearer(api).Authority.ShouldBe("https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_susi/v2.0");
    }

    [Theory]
    [InlineData("ClientId")]
    [InlineData("Instance")]
    [InlineData("TenantId")]
    public async Task A_missing_setting_is_an_error_at_first_use(string missing)
    {
        var settings = Settings.ForPlainHttp(authority);
        settings.Remove(missing);
        await using var api = await ProtectedApi.Start(settings);

        Should.Throw<ArgumentNullException>(() => Bearer(api)).Message.ShouldContain(missing);
    }

    [Fact]
    public async Task A_plain_authority_address_does_as_well_as_instance_and_tenant()
    {
        var settings = Settings.ForPlainHttp(authority);
        settings.Remove("Instance");
        settings.Remove("TenantId");
        settings["Authority"] = authority.Issuer;
        await using var api = await ProtectedApi.Start(settings);

        (await api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_authority_without_https_is_an_error_unless_the_settings_allow_it()
    {
        var settings = Settings.ForPlainHttp(authority);
        settings.Remove("RequireHttpsMetadata");
        await using var api = await ProtectedApi.Start(settings);

        Should.Throw<InvalidOperationException>(() => Bearer(api));
    }

    [Fact]
    public async Task An_issuer_that_only_plain_http_could_confirm_is_refused_unless_the_settings_name_it()
    {
        var settings = Settings.ForPlainHttp(authority);
        settings.Remove("TokenValidationParameters:ValidIssuer");
        await using var api = await ProtectedApi.Start(settings);

        (await api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_issuer_can_be_named_with_the_tenant_left_open()
    {
        var settings = Settings.ForPlainHttp(authority);
        settings["TokenValidationParameters:ValidIssuer"] = $"{authority.Instance}{{tenantid}}/v2.0";
        await using var api = await ProtectedApi.Start(settings);

        (await api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_audience_of_its_own_takes_the_place_of_the_client()
    {
        var settings = Settings.ForPlainHttp(authority);
        settings["Audience"] = "https://shop.example";
        await using var api = await ProtectedApi.Start(settings);

        (await api.Call(authority.Token(claims => claims["aud"] = "https://shop.example"))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_api_with_a_list_of_its_own_takes_tokens_without_scope_or_role()
    {
        var settings = Settings.ForPlainHttp(authority);
        settings["AllowWebApiToBeAuthorizedByACL"] = "true";
        await using var api = await ProtectedApi.Start(settings);
        var bare = authority.Token(claims =>
        {
            claims.Remove("scp");
            claims.Remove("roles");
        });

        (await api.Call(bare)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_scheme_can_be_configured_in_code_and_keeps_the_apps_own_events()
    {
        var validated = 0;
        await using var api = await ProtectedApi.Start([], builder => builder.Services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddMicrosoftIdentityWebApi(
                bearer =>
                {
                    bearer.RequireHttpsMetadata = false;
                    bearer.TokenValidationParameters.ValidIssuer = authority.Issuer;
                    bearer.Events = new() { OnTokenValidated = _ => Task.FromResult(validated++) };
                },
                identity =>
                {
                    identity.Instance = authority.Instance;
                    identity.TenantId = Authority.Tenant;
                    identity.ClientId = Authority.Client;
                },
                subscribeToJwtBearerMiddlewareDiagnosticsEvents: true));

        (await api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.OK);
        validated.ShouldBe(1);
    }

    [Fact]
    public async Task The_whole_can_be_added_in_one_call()
    {
        await using var api = await ProtectedApi.Start(
            Settings.ForPlainHttp(authority),
            builder => builder.Services.AddMicrosoftIdentityWebApiAuthentication(builder.Configuration));

        (await api.Call(authority.Token())).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static JwtBearerOptions Bearer(ProtectedApi api) =>
        api.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
}
