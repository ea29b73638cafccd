namespace Stripe;

/// <summary>Sends requests and reads the answers.</summary>
public interface IStripeClient
{
    string ApiBase { get; }
    string ApiKey { get; }
    string ClientId { get; }
    string ConnectBase { get; }
    string FilesBase { get; }
    string MeterEventsBase { get; }

    /// <exception cref="StripeException">Stripe answered with anything but 200, or with what does not fit.</exception>
    /// <exception cref="HttpRequestException">The network failed on every attempt.</exception>
    Task<T> RequestAsync<T>(
        HttpMethod method,
        string path,
        BaseOptions options,
        RequestOptions requestOptions,
        CancellationToken cancellationToken = default)
        where T : IStripeEntity;

    /// <inheritdoc cref="RequestAsync{T}"/>
    Task<Stream> RequestStreamingAsync(
        HttpMethod method,
        string path,
        BaseOptions options,
        RequestOptions requestOptions,
        CancellationToken cancellationToken = default);
}

/// <summary>The transport under a client: retries belong here.</summary>
public interface IHttpClient
{
    Task<StripeResponse> MakeRequestAsync(StripeRequest request, CancellationToken cancellationToken = default);

    Task<StripeStreamedResponse> MakeStreamingRequestAsync(StripeRequest request, CancellationToken cancellationToken = default);
}
