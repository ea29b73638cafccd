using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Local.SignIn;

/// <summary>Builds tokens with the claims of Microsoft Entra's v2.0 tokens.</summary>
internal sealed class TokenIssuer(SignInOptions options, SigningKey key, Func<string> issuer)
{
    // The audience Entra itself gives to an access token when no scope of an API was asked for: Microsoft Graph.
    private const string GraphAudience = "00000003-0000-0000-c000-000000000000";

    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromHours(24);

    public string Issuer => issuer();

    public string AccessToken(TokenRequest request)
    {
        var person = new Person(request.Email, request.Name ?? request.Email.Split('@')[0], request.Roles);
        var now = options.TimeProvider.GetUtcNow();
        var claims = Identity(person, request.AuthorizedParty ?? options.ClientId);
        claims["iss"] = request.Issuer ?? Issuer;
        claims["aud"] = request.Audience ?? options.ClientId;
        claims["azp"] = request.AuthorizedParty ?? options.ClientId;
        claims["azpacr"] = "0";
        if (request.Scope is not null)
            claims["scp"] = request.Scope;
        if (person.Roles.Count > 0)
            claims["roles"] = new JsonArray([.. person.Roles.Select(role => JsonValue.Create(role))]);
        claims["uti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var start = request.Lifetime < TimeSpan.Zero ? now + request.Lifetime - TimeSpan.FromHours(1) : now;
        SetTimes(claims, start, now + request.Lifetime);
        return key.Sign(claims);
    }

    /// <summary>The answer of the token endpoint: access, id and refresh token, each for what the client asked.</summary>
    public JsonObject Tokens(Person person, string clientId, string scope, string? nonce)
    {
        var request = new TokenRequest(person.Email)
        {
            Name = person.Name,
            Roles = person.Roles,
            AuthorizedParty = clientId,
            Audience = AsksForApi(scope) ? options.ClientId : GraphAudience,
            Scope = AsksForApi(scope) ? "Shop.Access" : scope,
        };
        var answer = new JsonObject
        {
            ["token_type"] = "Bearer",
            ["scope"] = scope,
            ["expires_in"] = (long)request.Lifetime.TotalSeconds,
            ["ext_expires_in"] = (long)request.Lifetime.TotalSeconds,
            ["access_token"] = AccessToken(request),
        };
        var scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Contains("openid"))
            answer["id_token"] = IdToken(person, clientId, nonce);
        if (scopes.Contains("offline_access"))
            answer["refresh_token"] = RefreshToken(person, clientId, scope);
        return answer;
    }

    /// <summary>The person, client and scope of a refresh token, or null when it is not one of ours or is over.</summary>
    public (Person Person, string ClientId, string Scope)? ReadRefreshToken(string token)
    {
        if (key.Verify(token) is not { } claims || (string?)claims["aud"] != RefreshAudience)
            return null;
        if ((long)claims["exp"]! <= options.TimeProvider.GetUtcNow().ToUnixTimeSeconds())
            return null;
        var roles = ((JsonArray)claims["roles"]!).Select(role => (string)role!).ToList();
        var person = new Person((string)claims["email"]!, (string)claims["name"]!, roles);
        return (person, (string)claims["azp"]!, (string)claims["scp"]!);
    }

    /// <summary>The same address is always the same person, whatever its letters' case, and no table has to remember it.</summary>
    public static Guid ObjectId(string tenantId, string email)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{tenantId}\n{email.Trim().ToLowerInvariant()}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private string RefreshAudience => $"{Issuer}/refresh";

    private string IdToken(Person person, string clientId, string? nonce)
    {
        var now = options.TimeProvider.GetUtcNow();
        var claims = Identity(person, clientId);
        claims["iss"] = Issuer;
        claims["aud"] = clientId;
        if (nonce is not null)
            claims["nonce"] = nonce;
        if (person.Roles.Count > 0)
            claims["roles"] = new JsonArray([.. person.Roles.Select(role => JsonValue.Create(role))]);
        SetTimes(claims, now, now + TimeSpan.FromHours(1));
        return key.Sign(claims);
    }

    private string RefreshToken(Person person, string clientId, string scope)
    {
        // Signed rather than stored, so that a restart of the local shop signs nobody out.
        var now = options.TimeProvider.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = RefreshAudience,
            ["email"] = person.Email,
            ["name"] = person.Name,
            ["roles"] = new JsonArray([.. person.Roles.Select(role => JsonValue.Create(role))]),
            ["azp"] = clientId,
            ["scp"] = scope,
        };
        SetTimes(claims, now, now + RefreshLifetime);
        return key.Sign(claims);
    }

    private JsonObject Identity(Person person, string clientId)
    {
        var objectId = ObjectId(options.TenantId, person.Email).ToString();
        // Entra's subject is pairwise: another value for each client, so nobody should key accounts on it.
        var subject = SHA256.HashData(Encoding.UTF8.GetBytes($"{objectId}\n{clientId}"));
        return new JsonObject
        {
            ["ver"] = "2.0",
            ["tid"] = options.TenantId,
            ["oid"] = objectId,
            ["sub"] = Base64Url.EncodeToString(subject),
            ["name"] = person.Name,
            ["preferred_username"] = person.Email,
            ["email"] = person.Email,
        };
    }

    private bool AsksForApi(string scope) => scope
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.StartsWith("api://", StringComparison.Ordinal) ? part["api://".Length..] : part)
        .Any(part => part == $"{options.ClientId}/Shop.Access" || part == $"{options.ClientId}/.default");

    private static void SetTimes(JsonObject claims, DateTimeOffset start, DateTimeOffset end)
    {
        claims["iat"] = start.ToUnixTimeSeconds();
        claims["nbf"] = start.ToUnixTimeSeconds();
        claims["exp"] = end.ToUnixTimeSeconds();
    }
}
