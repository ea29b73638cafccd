using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Authentication;

public interface IClientCredentialsAuth
{
    string OAuthClientId { get; }

    string OAuthClientSecret { get; }

    /// <summary>The token the client was built with; not the one it has fetched.</summary>
    OAuthToken OAuthToken { get; }

    bool Equals(string oAuthClientId, string oAuthClientSecret, OAuthToken oAuthToken);

    Task<OAuthToken> FetchTokenAsync(Dictionary<string, object> additionalParameters = null);

    OAuthToken FetchToken(Dictionary<string, object> additionalParameters = null);

    bool IsTokenExpired();
}
