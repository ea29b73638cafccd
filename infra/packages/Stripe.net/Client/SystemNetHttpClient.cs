using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Stripe;

/// <summary>
/// Sends over <see cref="System.Net.Http.HttpClient"/> and repeats what failed on the way: network errors, time-outs, 409
/// and 5xx, unless the answer's <c>Stripe-Should-Retry</c> says otherwise. 429 is the caller's to wait out.
/// </summary>
public class SystemNetHttpClient : IHttpClient
{
    public const int DefaultMaxNumberRetries = 2;

    private static readonly Lazy<HttpClient> SharedClient = new(BuildDefaultSystemNetHttpClient);

    private readonly HttpClient httpClient;
    private readonly RequestTelemetry telemetry = new();
    private readonly string userAgent;
    private readonly string clientUserAgent;

    /// <summary>
    /// Without an HttpClient, one with <see cref="DefaultHttpTimeout"/> is shared by the process. Retries are attempts after
    /// the first. Telemetry sends the timing of an earlier call, and keeps an id in the home directory.
    /// </summary>
    public SystemNetHttpClient(
        HttpClient httpClient = null,
        int maxNetworkRetries = DefaultMaxNumberRetries,
        AppInfo appInfo = null,
        bool enableTelemetry = true)
    {
        this.httpClient = httpClient ?? SharedClient.Value;
        MaxNetworkRetries = maxNetworkRetries;
        EnableTelemetry = enableTelemetry;
        userAgent = ClientIdentity.UserAgent(appInfo);
        clientUserAgent = ClientIdentity.Describe(appInfo, enableTelemetry);
    }

    public static TimeSpan DefaultHttpTimeout => TimeSpan.FromSeconds(80);
    public static TimeSpan MaxNetworkRetriesDelay => TimeSpan.FromSeconds(5);
    public static TimeSpan MinNetworkRetriesDelay => TimeSpan.FromMilliseconds(500);

    public bool EnableTelemetry { get; }
    public int MaxNetworkRetries { get; }

    public static HttpClient BuildDefaultSystemNetHttpClient() => new() { Timeout = DefaultHttpTimeout };

    /// <exception cref="HttpRequestException">The network failed on the last attempt.</exception>
    /// <exception cref="OperationCanceledException">The last attempt timed out, or the caller cancelled.</exception>
    public async Task<StripeResponse> MakeRequestAsync(StripeRequest request, CancellationToken cancellationToken = default)
    {
        var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        var content = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        return new StripeResponse(response.StatusCode, response.Headers, content);
    }

    /// <inheritdoc cref="MakeRequestAsync"/>
    public async Task<StripeStreamedResponse> MakeStreamingRequestAsync(
        StripeRequest request, CancellationToken cancellationToken = default)
    {
        var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new StripeStreamedResponse(response.StatusCode, response.Headers, body);
    }

    private async Task<HttpResponseMessage> SendAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        if (EnableTelemetry)
        {
            telemetry.AddTo(request.StripeHeaders);
        }

        for (var retries = 0; ; retries++)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                // Neither message nor response is disposed of, as with the vendor: both are in memory whole, and a
                // handler that a test puts underneath may look at them later.
                var response = await httpClient.SendAsync(Message(request), cancellationToken).ConfigureAwait(false);
                if (retries >= MaxNetworkRetries || !AsksForRetry(response.StatusCode, response.Headers))
                {
                    if (EnableTelemetry)
                    {
                        telemetry.Remember(response.Headers, Stopwatch.GetElapsedTime(started), request.Usage);
                    }

                    return response;
                }
            }
            catch (Exception e) when (
                retries < MaxNetworkRetries
                && (e is HttpRequestException
                    || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)))
            {
                // A broken connection or a time-out: fall through to the wait.
            }

            // Not cancellable, as with the vendor: a cancelled call ends at its next attempt.
            await Task.Delay(BackOff(retries + 1), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage Message(StripeRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri) { Content = request.Content };
        message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        message.Headers.Authorization = request.AuthorizationHeader;
        message.Headers.Add("X-Stripe-Client-User-Agent", clientUserAgent);
        foreach (var (name, value) in request.StripeHeaders)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }

    private static bool AsksForRetry(HttpStatusCode status, HttpResponseHeaders headers)
    {
        var advice = headers.TryGetValues("Stripe-Should-Retry", out var values) ? values.First() : null;
        return advice switch
        {
            "true" => true,
            "false" => false,
            _ => status == HttpStatusCode.Conflict || (int)status >= 500,
        };
    }

    /// <summary>Doubles from the least delay up to the most, less up to a quarter at random, never under the least.</summary>
    private static TimeSpan BackOff(int retry)
    {
        var full = Math.Min(MinNetworkRetriesDelay.TotalSeconds * Math.Pow(2, retry - 1), MaxNetworkRetriesDelay.TotalSeconds);
        var jittered = TimeSpan.FromSeconds(full * (0.75 + (0.25 * Random.Shared.NextDouble())));
        return jittered < MinNetworkRetriesDelay ? MinNetworkRetriesDelay : jittered;
    }
}
