using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PaypalServerSdk.Standard.Exceptions;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.PayPal;

/// <summary>Whether PayPal has sent a delivery, in the way that is configured.</summary>
public sealed class PayPalVerifier(IOptions<PayPalOptions> options, PayPalCertificates certificates, PayPalConnection connection, ProviderFailures failures) : IDisposable
{
    /// <summary>Questions to PayPal that are open at the same time, whoever made us ask.</summary>
    private const int MostQuestions = 16;

    private readonly SemaphoreSlim _questions = new(MostQuestions);

    /// <exception cref="UnavailableException">PayPal is needed for it and does not answer, or is being asked about too many others.</exception>
    public async ValueTask<bool> IsGenuineAsync(PayPalTransmission transmission, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        // Whatever the way: nothing leaves for an address or with an algorithm that PayPal does not use.
        if (transmission.Algorithm != PayPalSignature.Algorithm) return false;
        if (PayPalSignature.CertificateUrl(transmission.CertificateUrl, options.Value.Live) is not { } url) return false;
        if (options.Value.Verification == PayPalVerification.Postback) return await AskPayPalAsync(transmission, body, cancellation);
        return await certificates.FindAsync(url, cancellation) is { } certificate
            && certificate.HasSigned(transmission, body.Span, options.Value.WebhookIds);
    }

    public void Dispose() => _questions.Dispose();

    private async Task<bool> AskPayPalAsync(PayPalTransmission transmission, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        // Nobody waits in a line: PayPal delivers again what was answered at once with 503.
        if (!await _questions.WaitAsync(TimeSpan.Zero, cancellation)) throw new UnavailableException("The line for PayPal's verification");
        try
        {
            foreach (var webhookId in options.Value.WebhookIds)
            {
                if (RequestOf(transmission, webhookId, body) is not { } content) return false;
                if (await AskPayPalAsync(content, cancellation)) return true;
            }

            return false;
        }
        finally
        {
            _questions.Release();
        }
    }

    /// <summary>
    /// The body stands in it byte for byte: written anew from what it means it would have another checksum.
    /// </summary>
    /// <returns>Null when the body is no JSON, which PayPal never sends, and which could put members of its own beside ours.</returns>
    public static byte[]? RequestOf(PayPalTransmission transmission, string webhookId, ReadOnlyMemory<byte> body)
    {
        try
        {
            var request = new ArrayBufferWriter<byte>(body.Length + 1024);
            using var writer = new Utf8JsonWriter(request);
            writer.WriteStartObject();
            writer.WriteString("auth_algo", transmission.Algorithm);
            writer.WriteString("cert_url", transmission.CertificateUrl);
            writer.WriteString("transmission_id", transmission.Id);
            writer.WriteString("transmission_sig", transmission.Signature);
            writer.WriteString("transmission_time", transmission.Time);
            writer.WriteString("webhook_id", webhookId);
            writer.WritePropertyName("webhook_event");
            writer.WriteRawValue(body.Span);
            writer.WriteEndObject();
            writer.Flush();
            return request.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<bool> AskPayPalAsync(byte[] content, CancellationToken cancellation)
    {
        try
        {
            using var response = await connection.SendAsync(() => RequestOf(content), cancellation);
            // Something in it is not as PayPal writes it.
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity) return false;
            response.EnsureSuccessStatusCode();
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            // Any answer has status 200; only the word in it counts.
            return answer.RootElement.TryGetProperty("verification_status", out var status) && status.ValueEquals("SUCCESS");
        }
        catch (Exception exception) when (ProviderAccessException.IsRefusal(PayPalConnection.StatusOf(exception)))
        {
            throw failures.NoAccess(Providers.PayPal, PayPalConnection.StatusOf(exception), null, (exception as ErrorException)?.DebugId, PayPalConnection.Keys, exception);
        }
        catch (Exception exception) when (exception
            is HttpRequestException or ApiException or JsonException or InvalidOperationException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new UnavailableException(Providers.PayPal, exception);
        }
    }

    private HttpRequestMessage RequestOf(byte[] content) => new(HttpMethod.Post, new Uri(connection.Address, "/v1/notifications/verify-webhook-signature"))
    {
        Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };
}
