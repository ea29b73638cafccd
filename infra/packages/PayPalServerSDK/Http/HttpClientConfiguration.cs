namespace PaypalServerSdk.Standard.Http.Client;

/// <summary>How calls are made. Retries and their limits hold only while <see cref="OverrideHttpClientConfiguration" /> does.</summary>
public class HttpClientConfiguration : IHttpClientConfiguration
{
    private HttpClientConfiguration()
    {
    }

    public TimeSpan Timeout { get; private set; } = TimeSpan.FromSeconds(100);

    public int NumberOfRetries { get; private set; }

    public int BackoffFactor { get; private set; } = 2;

    /// <summary>Seconds.</summary>
    public double RetryInterval { get; private set; } = 1;

    public TimeSpan MaximumRetryWaitTime { get; private set; } = TimeSpan.FromSeconds(120);

    public IList<int> StatusCodesToRetry { get; private set; } = [408, 413, 429, 500, 502, 503, 504, 521, 522, 524];

    public IList<HttpMethod> RequestMethodsToRetry { get; private set; } = [HttpMethod.Get, HttpMethod.Put];

    public HttpClient HttpClientInstance { get; private set; }

    public bool OverrideHttpClientConfiguration { get; private set; } = true;

    public Builder ToBuilder() => new((HttpClientConfiguration)MemberwiseClone());

    public class Builder
    {
        private readonly HttpClientConfiguration values;

        public Builder()
            : this(new HttpClientConfiguration())
        {
        }

        internal Builder(HttpClientConfiguration values) => this.values = values;

        public Builder Timeout(TimeSpan timeout)
        {
            values.Timeout = timeout > TimeSpan.Zero ? timeout : TimeSpan.FromSeconds(100);
            return this;
        }

        public Builder NumberOfRetries(int numberOfRetries)
        {
            values.NumberOfRetries = Math.Max(numberOfRetries, 0);
            return this;
        }

        public Builder BackoffFactor(int backoffFactor)
        {
            values.BackoffFactor = backoffFactor < 1 ? 2 : backoffFactor;
            return this;
        }

        public Builder RetryInterval(double retryInterval)
        {
            values.RetryInterval = retryInterval < 0 ? 1 : retryInterval;
            return this;
        }

        public Builder MaximumRetryWaitTime(TimeSpan maximumRetryWaitTime)
        {
            values.MaximumRetryWaitTime = maximumRetryWaitTime < TimeSpan.Zero ? TimeSpan.FromSeconds(120) : maximumRetryWaitTime;
            return this;
        }

        public Builder StatusCodesToRetry(IList<int> statusCodesToRetry)
        {
            values.StatusCodesToRetry = statusCodesToRetry ?? [];
            return this;
        }

        public Builder RequestMethodsToRetry(IList<HttpMethod> requestMethodsToRetry)
        {
            values.RequestMethodsToRetry = requestMethodsToRetry ?? [];
            return this;
        }

        /// <summary>
        /// Calls go through this client. With <paramref name="overrideHttpClientConfiguration" /> its timeout is set, which fails once
        /// it has sent a request; without, it stays as it is and there are no retries.
        /// </summary>
        public Builder HttpClientInstance(HttpClient httpClientInstance, bool overrideHttpClientConfiguration = true)
        {
            values.HttpClientInstance = httpClientInstance;
            values.OverrideHttpClientConfiguration = overrideHttpClientConfiguration;
            return this;
        }

        public HttpClientConfiguration Build()
        {
            var built = (HttpClientConfiguration)values.MemberwiseClone();
            built.HttpClientInstance ??= new HttpClient();
            if (built.OverrideHttpClientConfiguration)
            {
                built.HttpClientInstance.Timeout = built.Timeout;
            }

            return built;
        }
    }
}
