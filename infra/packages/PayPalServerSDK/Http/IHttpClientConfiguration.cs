namespace PaypalServerSdk.Standard.Http.Client;

public interface IHttpClientConfiguration
{
    TimeSpan Timeout { get; }

    int NumberOfRetries { get; }

    int BackoffFactor { get; }

    double RetryInterval { get; }

    TimeSpan MaximumRetryWaitTime { get; }

    IList<int> StatusCodesToRetry { get; }

    IList<HttpMethod> RequestMethodsToRetry { get; }

    HttpClient HttpClientInstance { get; }

    bool OverrideHttpClientConfiguration { get; }
}
