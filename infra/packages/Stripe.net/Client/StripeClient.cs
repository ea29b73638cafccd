using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Stripe.Json;

namespace Stripe;

/// <summary>The way to Stripe's API: one per process is enough, and it may be shared between threads.</summary>
public class StripeClient : IStripeClient
{
    private static readonly string[] ClientUsage = ["stripe_client"];
    private static readonly string[] RawUsage = ["stripe_client", "raw_request"];

    private readonly StripeClientOptions settings;
    private V1Services v1;

    /// <summary>
    /// The key is a secret or restricted one; null is allowed here and fails at the call. Without an HTTP client one is made,
    /// with two retries and a time-out of 80 seconds. The bases are scheme and host without a trailing slash.
    /// </summary>
    /// <exception cref="ArgumentException">The key is empty or contains white space.</exception>
    public StripeClient(
        string apiKey = null,
        string clientId = null,
        IHttpClient httpClient = null,
        string apiBase = null,
        string connectBase = null,
        string filesBase = null,
        string meterEventsBase = null)
        : this(new StripeClientOptions
        {
            ApiKey = apiKey,
            ClientId = clientId,
            HttpClient = httpClient,
            ApiBase = apiBase,
            ConnectBase = connectBase,
            FilesBase = filesBase,
            MeterEventsBase = meterEventsBase,
        })
    {
    }

    /// <inheritdoc cref="StripeClient(string, string, IHttpClient, string, string, string, string)"/>
    public StripeClient(StripeClientOptions options)
    {
        settings = options?.Copy() ?? new StripeClientOptions();
        if (settings.ApiKey is { } key && (key.Length == 0 || key.Any(char.IsWhiteSpace)))
        {
            throw new ArgumentException("The API key is empty or contains white space.", nameof(options));
        }

        HttpClient = settings.HttpClient ?? new SystemNetHttpClient();
    }

    public static string DefaultApiBase => "https://api.stripe.com";
    public static string DefaultConnectBase => "https://connect.stripe.com";
    public static string DefaultFilesBase => "https://files.stripe.com";
    public static string DefaultMeterEventsBase => "https://meter-events.stripe.com";

    public string ApiBase => settings.ApiBase ?? DefaultApiBase;
    public string ApiKey => settings.ApiKey;
    public string ClientId => settings.ClientId;
    public string ConnectBase => settings.ConnectBase ?? DefaultConnectBase;
    public string FilesBase => settings.FilesBase ?? DefaultFilesBase;
    public string MeterEventsBase => settings.MeterEventsBase ?? DefaultMeterEventsBase;
    public IHttpClient HttpClient { get; }

    /// <summary>The services of API v1.</summary>
    public virtual V1Services V1 => v1 ??= new V1Services(this);

    /// <summary>Reads an answer of <see cref="RawRequestAsync"/> as an entity.</summary>
    public T Deserialize<T>(string response)
        where T : IStripeEntity => EntityJson.Parse<T>(response);

    /// <inheritdoc/>
    public async Task<T> RequestAsync<T>(
        HttpMethod method,
        string path,
        BaseOptions options,
        RequestOptions requestOptions,
        CancellationToken cancellationToken = default)
        where T : IStripeEntity
    {
        var request = Request(method, path, options, requestOptions);
        var response = await HttpClient.MakeRequestAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnlessOk(response);
        PrintNotice(response.Headers);
        try
        {
            var entity = EntityJson.Parse<T>(response.Content);
            entity.StripeResponse = response;
            return entity;
        }
        catch (JsonException)
        {
            throw NoAnswer(response);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> RequestStreamingAsync(
        HttpMethod method,
        string path,
        BaseOptions options,
        RequestOptions requestOptions,
        CancellationToken cancellationToken = default)
    {
        var request = Request(method, path, options, requestOptions);
        var response = await HttpClient.MakeStreamingRequestAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Refusal(await response.ToStripeResponseAsync().ConfigureAwait(false));
        }

        return response.Body;
    }

    /// <inheritdoc cref="RawRequestAsync"/>
    public StripeResponse RawRequest(
        HttpMethod method, string path, string content = null, RawRequestOptions requestOptions = null) =>
        RawRequestAsync(method, path, content, requestOptions).ConfigureAwait(false).GetAwaiter().GetResult();

    /// <summary>Sends a form that is encoded already and gives back the answer as text.</summary>
    /// <exception cref="InvalidOperationException">There is content and this is no POST.</exception>
    /// <exception cref="StripeException">Stripe answered with anything but 200.</exception>
    public async Task<StripeResponse> RawRequestAsync(
        HttpMethod method,
        string path,
        string content = null,
        RawRequestOptions requestOptions = null,
        CancellationToken cancellationToken = default)
    {
        if (method != HttpMethod.Post && content is not null)
        {
            throw new InvalidOperationException("Only a POST can have content.");
        }

        var merged = Merge(requestOptions ?? new RawRequestOptions());
        var address = (requestOptions?.BaseUrl ?? ApiBase) + path;
        var request = new StripeRequest(method, address, null, content, merged, merged.ApiKey) { Usage = RawUsage };
        var response = await HttpClient.MakeRequestAsync(request, cancellationToken).ConfigureAwait(false);
        ThrowUnlessOk(response);
        PrintNotice(response.Headers);
        return response;
    }

    private static void ThrowUnlessOk(StripeResponse response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Refusal(response);
        }
    }

    private static StripeException Refusal(StripeResponse response)
    {
        JsonElement error;
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            if (!document.RootElement.TryGetProperty("error", out error))
            {
                return NoAnswer(response);
            }

            error = error.Clone();
        }
        catch (JsonException)
        {
            return NoAnswer(response);
        }

        // OAuth answers {"error": "invalid_grant", …}: then the whole body is the error.
        var isOAuth = error.ValueKind == JsonValueKind.String;
        var stripeError = StripeError.FromJson(isOAuth ? response.Content : error.GetRawText());
        stripeError.StripeResponse = response;
        return new StripeException(response.StatusCode, stripeError, stripeError.Message ?? stripeError.ErrorDescription)
        {
            StripeResponse = response,
        };
    }

    private static StripeException NoAnswer(StripeResponse response) =>
        new(response.StatusCode, null, $"Invalid response object from API: \"{response.Content}\"") { StripeResponse = response };

    private static void PrintNotice(HttpResponseHeaders headers)
    {
        if (headers is not null && headers.TryGetValues("Stripe-Notice", out var notices)
            && notices.FirstOrDefault() is { Length: > 0 } notice)
        {
            Console.Error.WriteLine(notice);
        }
    }

    private StripeRequest Request(HttpMethod method, string path, BaseOptions options, RequestOptions requestOptions)
    {
        var merged = Merge(requestOptions ?? new RequestOptions());
        var address = ((requestOptions as RawRequestOptions)?.BaseUrl ?? ApiBase) + path;
        return new StripeRequest(method, address, options, null, merged, merged.ApiKey) { Usage = ClientUsage };
    }

    /// <summary>The call's own settings, with the client's where it has none. An empty context stays empty.</summary>
    private RequestOptions Merge(RequestOptions own) => new RawRequestOptions
    {
        ApiKey = string.IsNullOrEmpty(own.ApiKey) ? settings.ApiKey : own.ApiKey,
        IdempotencyKey = own.IdempotencyKey,
        StripeAccount = string.IsNullOrEmpty(own.StripeAccount) ? settings.StripeAccount : own.StripeAccount,
        StripeContext = own.StripeContext ?? settings.StripeContext,
        StripeRequestTrigger = own.StripeRequestTrigger,
        AdditionalHeaders = (own as RawRequestOptions)?.AdditionalHeaders ?? [],
    };
}
