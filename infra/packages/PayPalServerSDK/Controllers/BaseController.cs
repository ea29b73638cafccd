using Newtonsoft.Json;
using PaypalServerSdk.Standard.Authentication;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Http;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Http.Response;

namespace PaypalServerSdk.Standard.Controllers;

public class BaseController
{
    private readonly Transport transport;
    private readonly ClientCredentialsAuthManager auth;

    internal BaseController(Transport transport, ClientCredentialsAuthManager auth)
    {
        this.transport = transport;
        this.auth = auth;
    }

    /// <summary>Makes the call and reads the answer; <paramref name="refusal" /> turns another status than success into an exception.</summary>
    private protected async Task<ApiResponse<T>> CallAsync<T>(
        ApiRequest call, Func<HttpContext, ApiException> refusal, CancellationToken cancellationToken)
    {
        if (auth is not null)
        {
            call.Header("Authorization", await auth.AuthorizationAsync().ConfigureAwait(false));
        }

        var context = await transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = context.Response;
        if (answer.StatusCode is < 200 or > 208)
        {
            throw refusal(context);
        }

        var data = string.IsNullOrWhiteSpace(answer.Body) ? default : JsonConvert.DeserializeObject<T>(answer.Body);
        return new ApiResponse<T>(answer.StatusCode, answer.Headers, data);
    }
}
