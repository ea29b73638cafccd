using System.Net;
using System.Net.Http.Headers;

namespace Stripe;

/// <summary>What every answer has.</summary>
public abstract class StripeResponseBase
{
    public StripeResponseBase(HttpStatusCode statusCode, HttpResponseHeaders headers)
    {
        StatusCode = statusCode;
        Headers = headers;
    }

    public HttpStatusCode StatusCode { get; }
    public HttpResponseHeaders Headers { get; }
    public DateTimeOffset? Date => Headers?.Date;
    public string IdempotencyKey => First("Idempotency-Key");

    /// <summary>Stripe's id of the call (<c>req_…</c>), to be quoted to its support.</summary>
    public string RequestId => First("Request-Id");

    public override string ToString() =>
        $"<{GetType().FullName} status={(int)StatusCode} Request-Id={RequestId} Date={Date?.ToString("s")}>";

    private string First(string name) =>
        Headers is not null && Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>An answer that was read to its end.</summary>
public class StripeResponse(HttpStatusCode statusCode, HttpResponseHeaders headers, string content)
    : StripeResponseBase(statusCode, headers)
{
    public string Content { get; } = content;
}

/// <summary>An answer whose body is read by the caller.</summary>
public class StripeStreamedResponse(HttpStatusCode statusCode, HttpResponseHeaders headers, Stream body)
    : StripeResponseBase(statusCode, headers)
{
    private Task<StripeResponse> whole;

    public Stream Body { get; } = body;

    /// <summary>Reads the body as text; asking again gives the same answer.</summary>
    public Task<StripeResponse> ToStripeResponseAsync() => whole ??= ReadAsync();

    private async Task<StripeResponse> ReadAsync()
    {
        using var reader = new StreamReader(Body);
        return new StripeResponse(StatusCode, Headers, await reader.ReadToEndAsync().ConfigureAwait(false));
    }
}
