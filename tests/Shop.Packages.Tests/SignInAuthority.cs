using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Packages.Tests;

/// <summary>Plays Entra without a network: discovery and keys at the addresses where it has them, tokens with its claims.</summary>
public sealed class SignInAuthority : IDisposable
{
    public const string Instance = "https://contoso.ciamlogin.test/";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Client = "66666666-7777-8888-9999-000000000000";
    public const string Person = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private const string Issuer = $"{Instance}{Tenant}/v2.0";
    private const string KeyId = "key-1";

    private readonly RSA _published = RSA.Create(2048);
    private readonly RSA _unknown = RSA.Create(2048);

    public HttpMessageHandler NewHandler() => new Handler(this);

    /// <summary>A token that is good in every respect but what a test spoils.</summary>
    /// <param name="isForged">Signed with a key that only pretends to be the published one.</param>
    public string Token(Action<Dictionary<string, object>>? spoil = null, bool isForged = false, TimeSpan? age = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = Client,
            ["ver"] = "2.0",
            ["tid"] = Tenant,
            ["oid"] = Person,
            ["sub"] = "pairwise",
            ["preferred_username"] = "ada@example.com",
            ["scp"] = "shop",
            ["roles"] = new[] { "Shop.Fulfilment" },
        };
        spoil?.Invoke(claims);
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued.AddHours(1),
            SigningCredentials = new(new RsaSecurityKey(isForged ? _unknown : _published) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>A good token's claims under a header that says there is no signature, and none.</summary>
    public string UnsignedToken() => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{Token().Split('.')[1]}.";

    public void Dispose()
    {
        _published.Dispose();
        _unknown.Dispose();
    }

    private object? Document(string path)
    {
        var key = _published.ExportParameters(includePrivateParameters: false);
        return path switch
        {
            $"/{Tenant}/v2.0/.well-known/openid-configuration" => new { issuer = Issuer, jwks_uri = $"{Instance}{Tenant}/discovery/v2.0/keys" },
            $"/{Tenant}/discovery/v2.0/keys" => new
            {
                keys = new[]
                {
                    new { kty = "RSA", use = "sig", kid = KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent), issuer = Issuer },
                },
            },
            _ => null,
        };
    }

    private sealed class Handler(SignInAuthority authority) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(authority.Document(request.RequestUri!.AbsolutePath) is { } document
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(document) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
    }
}
