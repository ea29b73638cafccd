using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Http;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Http.Response;
using PaypalServerSdk.Standard.Models;

namespace PaypalServerSdk.Standard.Controllers;

public class OAuthAuthorizationController : BaseController
{
    internal OAuthAuthorizationController(Transport transport)
        : base(transport, auth: null)
    {
    }

    public Task<ApiResponse<OAuthToken>> RequestTokenAsync(
        RequestTokenInput input, Dictionary<string, object> fieldParameters = null, CancellationToken cancellationToken = default)
    {
        var call = new ApiRequest(HttpMethod.Post, "/v1/oauth2/token").Header("Authorization", input.Authorization);
        foreach (var (name, value) in fieldParameters ?? [])
        {
            call.Form(name, value);
        }

        call.Form("grant_type", "client_credentials").Form("scope", input.Scope);
        return CallAsync<OAuthToken>(call, Refusal, cancellationToken);
    }

    private static ApiException Refusal(HttpContext context) => context.Response.StatusCode switch
    {
        400 => new OAuthProviderException("OAuth 2 provider returned an error.", context),
        401 => new OAuthProviderException("OAuth 2 provider says client authentication failed.", context),
        _ => new ApiException("HTTP Response Not OK", context),
    };
}
