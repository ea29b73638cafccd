using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Authentication;

/// <summary>Who is calling.</summary>
public sealed class ClientCredentialsAuthModel
{
    internal ClientCredentialsAuthModel()
    {
    }

    internal string OAuthClientId { get; init; }

    internal string OAuthClientSecret { get; init; }

    internal OAuthToken OAuthToken { get; init; }

    internal TimeSpan? OAuthClockSkew { get; init; }

    internal Func<ClientCredentialsAuthManager, OAuthToken, Task<OAuthToken>> OAuthTokenProvider { get; init; }

    internal Action<OAuthToken> OAuthOnTokenUpdate { get; init; }

    public Builder ToBuilder() => new Builder(OAuthClientId, OAuthClientSecret)
        .OAuthToken(OAuthToken)
        .OAuthClockSkew(OAuthClockSkew)
        .OAuthTokenProvider(OAuthTokenProvider)
        .OAuthOnTokenUpdate(OAuthOnTokenUpdate);

    public class Builder(string oAuthClientId, string oAuthClientSecret)
    {
        private string id = oAuthClientId ?? throw new ArgumentNullException(nameof(oAuthClientId));
        private string secret = oAuthClientSecret ?? throw new ArgumentNullException(nameof(oAuthClientSecret));
        private OAuthToken token;
        private TimeSpan? clockSkew;
        private Func<ClientCredentialsAuthManager, OAuthToken, Task<OAuthToken>> tokenProvider;
        private Action<OAuthToken> onTokenUpdate;

        public Builder OAuthClientId(string oAuthClientId)
        {
            id = oAuthClientId ?? throw new ArgumentNullException(nameof(oAuthClientId));
            return this;
        }

        public Builder OAuthClientSecret(string oAuthClientSecret)
        {
            secret = oAuthClientSecret ?? throw new ArgumentNullException(nameof(oAuthClientSecret));
            return this;
        }

        public Builder OAuthToken(OAuthToken oAuthToken)
        {
            token = oAuthToken;
            return this;
        }

        public Builder OAuthClockSkew(TimeSpan? oAuthClockSkew)
        {
            clockSkew = oAuthClockSkew;
            return this;
        }

        public Builder OAuthTokenProvider(Func<ClientCredentialsAuthManager, OAuthToken, Task<OAuthToken>> oAuthTokenProvider)
        {
            tokenProvider = oAuthTokenProvider;
            return this;
        }

        public Builder OAuthOnTokenUpdate(Action<OAuthToken> oAuthOnTokenUpdate)
        {
            onTokenUpdate = oAuthOnTokenUpdate;
            return this;
        }

        public ClientCredentialsAuthModel Build() => new()
        {
            OAuthClientId = id,
            OAuthClientSecret = secret,
            OAuthToken = token,
            OAuthClockSkew = clockSkew,
            OAuthTokenProvider = tokenProvider,
            OAuthOnTokenUpdate = onTokenUpdate,
        };
    }
}
