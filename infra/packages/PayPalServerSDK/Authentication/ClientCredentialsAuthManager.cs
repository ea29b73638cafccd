using System.Text;
using PaypalServerSdk.Standard.Controllers;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Authentication;

/// <summary>
/// Fetches an access token when the first call needs one and keeps it until it expires; a refusal of the token (401)
/// does not change that.
/// </summary>
public class ClientCredentialsAuthManager : IClientCredentialsAuth
{
    private readonly OAuthAuthorizationController authority;
    private readonly SemaphoreSlim fetching = new(1);
    private OAuthToken current;

    internal ClientCredentialsAuthManager(ClientCredentialsAuthModel model, OAuthAuthorizationController authority)
    {
        this.authority = authority;
        OAuthClientId = model?.OAuthClientId;
        OAuthClientSecret = model?.OAuthClientSecret;
        OAuthToken = model?.OAuthToken;
        OAuthClockSkew = model?.OAuthClockSkew;
        OAuthTokenProvider = model?.OAuthTokenProvider;
        OAuthOnTokenUpdate = model?.OAuthOnTokenUpdate;
        current = OAuthToken;
    }

    public string OAuthClientId { get; }

    public string OAuthClientSecret { get; }

    public OAuthToken OAuthToken { get; }

    /// <summary>Added to a token's life: only a negative value renews it early.</summary>
    public TimeSpan? OAuthClockSkew { get; }

    public Func<ClientCredentialsAuthManager, OAuthToken, Task<OAuthToken>> OAuthTokenProvider { get; }

    public Action<OAuthToken> OAuthOnTokenUpdate { get; }

    public bool Equals(string oAuthClientId, string oAuthClientSecret, OAuthToken oAuthToken) =>
        oAuthClientId == OAuthClientId && oAuthClientSecret == OAuthClientSecret && Equals(oAuthToken, OAuthToken);

    public OAuthToken FetchToken(Dictionary<string, object> additionalParameters = null) =>
        FetchTokenAsync(additionalParameters).GetAwaiter().GetResult();

    /// <summary>A new token, which is not kept.</summary>
    public async Task<OAuthToken> FetchTokenAsync(Dictionary<string, object> additionalParameters = null)
    {
        var idAndSecret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{OAuthClientId}:{OAuthClientSecret}"));
        var input = new RequestTokenInput { Authorization = $"Basic {idAndSecret}" };
        var answer = await authority.RequestTokenAsync(input, additionalParameters).ConfigureAwait(false);
        var token = answer.Data;
        if (token.ExpiresIn is { } seconds and not 0)
        {
            token.Expiry = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
        }

        return token;
    }

    /// <summary>Whether the token the client was built with has expired.</summary>
    public bool IsTokenExpired()
    {
        if (OAuthToken is null)
        {
            throw new InvalidOperationException("OAuth token is missing.");
        }

        return OAuthToken.Expiry < DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    internal async Task<string> AuthorizationAsync()
    {
        var token = await UsableTokenAsync().ConfigureAwait(false);
        return token.AccessToken is { } text
            ? $"Bearer {text}"
            : throw new ArgumentNullException(null, "Missing required header field: Authorization");
    }

    private async Task<OAuthToken> UsableTokenAsync()
    {
        if (IsUsable(current))
        {
            return current;
        }

        await fetching.WaitAsync().ConfigureAwait(false);
        try
        {
            if (IsUsable(current))
            {
                return current;
            }

            current = OAuthTokenProvider is null
                ? await FetchTokenAsync().ConfigureAwait(false)
                : await OAuthTokenProvider(this, current).ConfigureAwait(false);
        }
        finally
        {
            fetching.Release();
        }

        OAuthOnTokenUpdate?.Invoke(current);
        if (current is null)
        {
            throw new ApiException("Client is not authorized.An OAuth token is needed to make API calls.");
        }

        return HasExpired(current, TimeSpan.Zero)
            ? throw new ApiException("OAuth token is expired. A valid token is needed to make API calls.")
            : current;
    }

    private bool IsUsable(OAuthToken token) => token is not null && !HasExpired(token, OAuthClockSkew ?? TimeSpan.Zero);

    /// <summary>A token that does not say when it expires counts as expired.</summary>
    private static bool HasExpired(OAuthToken token, TimeSpan skew) =>
        token.Expiry is not { } expiry || expiry < (DateTimeOffset.UtcNow - skew).ToUnixTimeSeconds();
}
