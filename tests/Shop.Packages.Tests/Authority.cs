using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Packages.Tests;

/// <summary>
/// An OpenID Connect authority on a free port of this machine that behaves as Entra does: discovery and keys below
/// <c>{tenant}/v2.0</c>, keys that name their issuer, access tokens with Entra's claims.
/// </summary>
public class Authority : IAsyncLifetime
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Client = "66666666-7777-8888-9999-000000000000";
    public const string Person = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private const string KeyId = "key-1";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _otherRsa = RSA.Create(2048);
    private readonly WebApplication _app;

    public Authority()
        : this("http://127.0.0.1:0", _ => { })
    {
    }

    protected Authority(string address, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        configure(builder);
        _app = builder.Build();
        _app.Urls.Add(address);
        _app.MapGet($"/{Tenant}/v2.0/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Issuer,
            jwks_uri = $"{Instance}{Tenant}/discovery/v2.0/keys",
            authorization_endpoint = $"{Instance}{Tenant}/oauth2/v2.0/authorize",
            token_endpoint = $"{Instance}{Tenant}/oauth2/v2.0/token",
        }));
        _app.MapGet($"/{Tenant}/discovery/v2.0/keys", () => Results.Json(new { keys = new[] { PublicKey() } }));
    }

    /// <summary>The address without a tenant, as <c>AzureAd__Instance</c> wants it.</summary>
    public string Instance { get; private set; } = null!;

    public string Issuer => $"{Instance}{Tenant}/v2.0";

    public SecurityKey Key => new RsaSecurityKey(_rsa) { KeyId = KeyId };

    /// <summary>A key that pretends to be the published one.</summary>
    public SecurityKey ForgedKey => new RsaSecurityKey(_otherRsa) { KeyId = KeyId };

    public SecurityKey UnknownKey => new RsaSecurityKey(_otherRsa) { KeyId = "key-2" };

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Instance = _app.Urls.Single() + "/";
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _app.DisposeAsync();
        _rsa.Dispose();
        _otherRsa.Dispose();
    }

    /// <summary>The claims of a token that is good in every respect, for a test to spoil one of them.</summary>
    public Dictionary<string, object> Claims() => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Client,
        ["ver"] = "2.0",
        ["tid"] = Tenant,
        ["oid"] = Person,
        ["sub"] = "pairwise",
        ["preferred_username"] = "ada@example.com",
        ["name"] = "Ada",
        ["scp"] = "shop",
        ["roles"] = new[] { "Shop.Fulfilment" },
    };

    public string Token(Action<Dictionary<string, object>>? spoil = null, SecurityKey? key = null, TimeSpan? age = null)
    {
        var claims = Claims();
        spoil?.Invoke(claims);
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued.AddHours(1),
            SigningCredentials = new(key ?? Key, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>A good token's claims under a header that says there is no signature, and none.</summary>
    public string UnsignedToken()
    {
        var payload = Token().Split('.')[1];
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.";
    }

    private Dictionary<string, object> PublicKey()
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
            ["issuer"] = Issuer,
        };
    }
}
