using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using PaypalServerSdk.Standard;
using PaypalServerSdk.Standard.Authentication;
using PaypalServerSdk.Standard.Exceptions;
using PaypalServerSdk.Standard.Http.Response;
using Shop.Functions.Platform;

namespace Shop.Functions.Payments.PayPal;

/// <summary>
/// PayPal's client and the calls that it does not have. PayPal's library keeps an access token until it expires, even
/// one that PayPal has refused: after a 401 this starts over with a new client, once.
/// </summary>
[Discloses(
    "PayPal", "to take payments and send money back; whoever pays gives PayPal their own details on its page",
    DataClass.OrderFiscal, DataClass.PaymentReference)]
public sealed class PayPalConnection(IOptions<PayPalOptions> options, IHttpClientFactory clients)
{
    /// <summary>Where the keys stand that PayPal knows this shop by.</summary>
    public const string Keys = "PayPal__ClientId and PayPal__ClientSecret";

    /// <summary>Under everything that goes to PayPal: where tests put faults.</summary>
    public const string HttpClientName = "paypal";

    /// <summary>The library takes this the wrong way round: only a negative value renews a token before it expires.</summary>
    private static readonly TimeSpan RenewEarly = TimeSpan.FromSeconds(-60);

    private readonly HttpClient _http = clients.CreateClient(HttpClientName);
    private PaypalServerSdkClient? _client;
    private string? _token;

    /// <summary>One call through PayPal's library, which itself never retries.</summary>
    public async Task<T> CallAsync<T>(Func<PaypalServerSdkClient, Task<ApiResponse<T>>> call)
    {
        var client = Current();
        try
        {
            return (await call(client)).Data;
        }
        catch (ApiException refused) when (refused.ResponseCode == 401 && refused is not OAuthProviderException)
        {
            Interlocked.CompareExchange(ref _client, null, client);
            return (await call(Current())).Data;
        }
    }

    /// <summary>One call that PayPal's library does not have.</summary>
    /// <param name="request">Makes the request; again, if PayPal wants a new token.</param>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        var known = _token;
        var response = await SendAsync(request(), known ?? await NewTokenAsync(), cancellation);
        if (known is null || response.StatusCode != HttpStatusCode.Unauthorized) return response;
        response.Dispose();
        return await SendAsync(request(), await NewTokenAsync(), cancellation);
    }

    /// <summary>PayPal's own API host, from which <see cref="PayPalApiBase"/> may lead elsewhere.</summary>
    public Uri Address => new(options.Value.Live ? "https://api-m.paypal.com" : "https://api-m.sandbox.paypal.com");

    /// <returns>What PayPal answered, where a call that failed has an answer.</returns>
    public static HttpStatusCode? StatusOf(Exception exception) => exception switch
    {
        ApiException answered => (HttpStatusCode)answered.ResponseCode,
        HttpRequestException failed => failed.StatusCode,
        _ => null,
    };

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, cancellation);
    }

    /// <summary>Kept until PayPal refuses it.</summary>
    private async Task<string> NewTokenAsync() => _token = (await Current().ClientCredentialsAuth.FetchTokenAsync()).AccessToken;

    private PaypalServerSdkClient Current()
    {
        if (Volatile.Read(ref _client) is { } client) return client;
        var fresh = Connect();
        return Interlocked.CompareExchange(ref _client, fresh, null) ?? fresh;
    }

    private PaypalServerSdkClient Connect() => new PaypalServerSdkClient.Builder()
        .ClientCredentialsAuth(new ClientCredentialsAuthModel.Builder(options.Value.ClientId, options.Value.ClientSecret).OAuthClockSkew(RenewEarly).Build())
        .Environment(options.Value.Live ? PaypalServerSdk.Standard.Environment.Production : PaypalServerSdk.Standard.Environment.Sandbox)
        .HttpClientConfig(http => http.HttpClientInstance(_http, false))
        .Build();
}
