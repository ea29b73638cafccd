using System.Net.Http.Headers;
using System.Text;
using Stripe.Forms;

namespace Stripe;

/// <summary>One call, whatever the number of attempts: address, headers and parameters.</summary>
public class StripeRequest
{
    private readonly BaseOptions options;
    private readonly string rawContent;

    /// <exception cref="StripeException">There is no API key.</exception>
    public StripeRequest(IStripeClient client, HttpMethod method, string path, BaseOptions options, RequestOptions requestOptions)
        : this(
            method,
            (client ?? throw new ArgumentNullException(nameof(client))).ApiBase + path,
            options,
            null,
            requestOptions,
            requestOptions?.ApiKey ?? client.ApiKey)
    {
    }

    internal StripeRequest(
        HttpMethod method, string address, BaseOptions options, string rawContent, RequestOptions requestOptions, string apiKey)
    {
        Method = method;
        this.options = options;
        this.rawContent = rawContent;
        var query = method == HttpMethod.Post ? "" : FormEncoder.Query(options);
        Uri = new Uri(query.Length == 0 ? address : $"{address}?{query}");
        AuthorizationHeader = new AuthenticationHeaderValue("Bearer", apiKey ?? throw new StripeException(
            "This call has no API key. Give one to the StripeClient or to the call's RequestOptions."));
        StripeHeaders = Headers(method, requestOptions);
    }

    public HttpMethod Method { get; }

    /// <summary>With the parameters as a query string, unless this is a POST.</summary>
    public Uri Uri { get; }

    public AuthenticationHeaderValue AuthorizationHeader { get; }

    /// <summary>Stripe's own headers, the same on every attempt, so that a retry repeats its idempotency key.</summary>
    public IDictionary<string, string> StripeHeaders { get; }

    /// <summary>A new body on every read; null unless this is a POST.</summary>
    public HttpContent Content
    {
        get
        {
            if (Method != HttpMethod.Post)
            {
                return null;
            }

            return rawContent is null
                ? FormEncoder.Content(options)
                : new StringContent(rawContent, Encoding.UTF8, "application/x-www-form-urlencoded");
        }
    }

    /// <summary>Names of the client's features in use, for telemetry.</summary>
    internal IReadOnlyList<string> Usage { get; init; }

    public override string ToString() => $"<{GetType().FullName} Method={Method} Uri={Uri}>";

    private static Dictionary<string, string> Headers(HttpMethod method, RequestOptions requestOptions)
    {
        var headers = new Dictionary<string, string> { ["Stripe-Version"] = StripeConfiguration.ApiVersion };
        AddUnlessEmpty("Stripe-Account", requestOptions?.StripeAccount);
        AddUnlessEmpty("Stripe-Context", requestOptions?.StripeContext);
        AddUnlessEmpty("Stripe-Request-Trigger", requestOptions?.StripeRequestTrigger);
        AddUnlessEmpty("Idempotency-Key", requestOptions?.IdempotencyKey);
        if (method == HttpMethod.Post)
        {
            headers.TryAdd("Idempotency-Key", Guid.NewGuid().ToString());
        }

        foreach (var (name, value) in (requestOptions as RawRequestOptions)?.AdditionalHeaders ?? [])
        {
            headers[name] = value;
        }

        return headers;

        void AddUnlessEmpty(string name, string value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                headers.Add(name, value);
            }
        }
    }
}
