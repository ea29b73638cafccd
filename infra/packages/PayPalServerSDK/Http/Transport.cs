using System.Text;
using PaypalServerSdk.Standard.Http.Client;
using PaypalServerSdk.Standard.Http.Request;
using PaypalServerSdk.Standard.Http.Response;

namespace PaypalServerSdk.Standard.Http;

/// <summary>Sends a call, again where that is configured.</summary>
internal sealed class Transport(HttpClientConfiguration configuration, string baseUri)
{
    private static readonly string UserAgent = $"PayPal REST API DotNet SDK, Version: 2.4.0, on OS {System.Environment.OSVersion}";

    public async Task<HttpContext> SendAsync(ApiRequest call, CancellationToken cancellationToken)
    {
        var request = call.Header("user-agent", UserAgent).Header("accept", "application/json").Build(baseUri);
        using var answer = configuration.OverrideHttpClientConfiguration
            ? await SendWithRetriesAsync(request, cancellationToken).ConfigureAwait(false)
            : await configuration.HttpClientInstance.SendAsync(Message(request), cancellationToken).ConfigureAwait(false);

        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new HttpContext(request, new HttpResponse((int)answer.StatusCode, Headers(answer), new MemoryStream(bytes, writable: false), text));
    }

    /// <summary>
    /// A failure of the network is retried whatever the method, an answer only where both its status and the method are listed. All
    /// attempts and the waits between them together have <see cref="HttpClientConfiguration.MaximumRetryWaitTime" />; the vendor ends
    /// that with Polly's exception, this one with a <see cref="TimeoutException" />.
    /// </summary>
    private async Task<HttpResponseMessage> SendWithRetriesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (configuration.MaximumRetryWaitTime > TimeSpan.Zero)
        {
            limit.CancelAfter(configuration.MaximumRetryWaitTime);
        }

        try
        {
            for (var retry = 1; ; retry++)
            {
                var wait = Backoff(retry);
                try
                {
                    var answer = await configuration.HttpClientInstance.SendAsync(Message(request), limit.Token).ConfigureAwait(false);
                    if (retry > configuration.NumberOfRetries || !IsToBeRetried(request.HttpMethod, answer))
                    {
                        return answer;
                    }

                    var asked = answer.Headers.RetryAfter;
                    var serverWait = asked?.Delta ?? (asked?.Date - DateTimeOffset.UtcNow) ?? TimeSpan.Zero;
                    wait = serverWait > wait ? serverWait : wait;
                    answer.Dispose();
                }
                catch (Exception failure) when (retry <= configuration.NumberOfRetries && !limit.IsCancellationRequested
                    && failure is HttpRequestException or TaskCanceledException)
                {
                    // The next attempt may do better.
                }

                await Task.Delay(wait, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {configuration.MaximumRetryWaitTime}.");
        }
    }

    private TimeSpan Backoff(int retry) => TimeSpan.FromSeconds(
        (configuration.RetryInterval * Math.Pow(configuration.BackoffFactor, retry - 1)) + (Random.Shared.NextDouble() / 10));

    private bool IsToBeRetried(HttpMethod method, HttpResponseMessage answer) =>
        configuration.RequestMethodsToRetry.Contains(method)
        && (answer.Headers.RetryAfter is not null
            || (Enum.IsDefined(answer.StatusCode) && configuration.StatusCodesToRetry.Contains((int)answer.StatusCode)));

    private static HttpRequestMessage Message(HttpRequest request)
    {
        var message = new HttpRequestMessage(request.HttpMethod, new Uri(request.QueryUrl));
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (request.FormParameters.Count > 0)
        {
            message.Content = new FormUrlEncodedContent(request.FormParameters.Select(f => new KeyValuePair<string, string>(f.Key, f.Value.ToString())));
        }
        else if (request.HttpMethod == HttpMethod.Post)
        {
            message.Content = new StringContent(request.Body as string ?? "", Encoding.UTF8, "application/json");
        }

        return message;
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.InvariantCultureIgnoreCase);
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            headers.TryAdd(name, values.First());
        }

        return headers;
    }
}
