using Newtonsoft.Json;

namespace PaypalServerSdk.Standard.Models;

/// <summary>An access token. <see cref="Expiry" /> is in Unix seconds and is filled in by the client.</summary>
public class OAuthToken
{
    [JsonProperty("access_token")]
    public string AccessToken { get; set; }

    [JsonProperty("token_type")]
    public string TokenType { get; set; }

    [JsonProperty("expires_in", NullValueHandling = NullValueHandling.Ignore)]
    public long? ExpiresIn { get; set; }

    [JsonProperty("scope", NullValueHandling = NullValueHandling.Ignore)]
    public string Scope { get; set; }

    [JsonProperty("expiry", NullValueHandling = NullValueHandling.Ignore)]
    public long? Expiry { get; set; }

    [JsonProperty("refresh_token", NullValueHandling = NullValueHandling.Ignore)]
    public string RefreshToken { get; set; }

    [JsonProperty("id_token", NullValueHandling = NullValueHandling.Ignore)]
    public string IdToken { get; set; }
}
