using Newtonsoft.Json;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Exceptions;

/// <summary>PayPal gave no access token.</summary>
public class OAuthProviderException(string reason, HttpContext context) : ApiException(reason, context)
{
    [JsonProperty("error")]
    public OAuthProviderError Error { get; set; }

    [JsonProperty("error_description", NullValueHandling = NullValueHandling.Ignore)]
    public string ErrorDescription { get; set; }

    [JsonProperty("error_uri", NullValueHandling = NullValueHandling.Ignore)]
    public string ErrorUri { get; set; }

    public override string ToString() => Text("OAuthProviderException", $"Error = {Error}", $"ErrorDescription = {ErrorDescription ?? "null"}");
}
