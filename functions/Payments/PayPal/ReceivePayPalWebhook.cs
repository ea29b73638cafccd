using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Payments.PayPal;

/// <summary>
/// <c>POST /api/webhooks/paypal</c>: checks the signature on the raw bytes, translates, queues, and only then answers
/// 200. No database read, and no body kept. Whatever is not stored is answered with an error, so that PayPal delivers
/// again; so is a delivery whose certificate cannot be fetched just now. How old it is does not matter: PayPal delivers
/// for three days, and a second delivery changes nothing.
/// </summary>
public sealed partial class ReceivePayPalWebhook(PaymentEvents events, PaymentProviders providers, PayPalVerifier verifier, ILogger<ReceivePayPalWebhook> logger)
{
    /// <summary>In bytes; the largest events seen are a tenth of it.</summary>
    private const int Limit = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Problem NotSigned = Problem.BadRequest("bad-signature", "The PayPal signature headers do not fit the body.");

    [Function(nameof(ReceivePayPalWebhook))]
    [Anonymous]
    [Query(TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/paypal")] HttpRequest request, CancellationToken cancellation)
    {
        if (!providers.IsSetUp(Providers.PayPal))
        {
            events.Leave(Providers.PayPal, "not_set_up");
            return PaymentProviders.NotSetUp;
        }

        if (await Body.ReadBytesAsync(request, Limit, cancellation) is not { } bytes)
        {
            events.Leave(Providers.PayPal, "refused");
            return Body.TooLarge;
        }

        if (PayPalTransmission.Of(request.Headers) is not { } transmission || !await IsGenuineAsync(transmission, bytes, cancellation))
        {
            events.Leave(Providers.PayPal, "refused");
            LogNotSigned();
            return NotSigned;
        }

        var translation = Read(bytes.Span);
        await events.ReceiveAsync(Providers.PayPal, translation, cancellation);
        if (translation is Translation.Unreadable { Event: var unreadable }) LogUnreadable(unreadable.EventId, unreadable.Type, unreadable.Reason);
        if (translation is Translation.Ignored { Reason: var reason }) LogIgnored(reason);
        return Results.Ok();
    }

    private async Task<bool> IsGenuineAsync(PayPalTransmission transmission, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        try
        {
            return await verifier.IsGenuineAsync(transmission, body, cancellation);
        }
        catch (UnavailableException)
        {
            // An hour of these must not look like silence.
            events.Leave(Providers.PayPal, "not_verified");
            throw;
        }
    }

    private static Translation Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return PayPalEvents.Read(StrictUtf8.GetString(body));
        }
        catch (DecoderFallbackException)
        {
            return new Translation.Unreadable(new UnreadableEvent(Providers.PayPal, "unknown", "unknown", "not_utf8"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A PayPal delivery was turned away: its signature does not fit")]
    private partial void LogNotSigned();

    [LoggerMessage(Level = LogLevel.Information, Message = "A PayPal event is none of this shop's business: {Reason}")]
    private partial void LogIgnored(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "PayPal event {EventId} ({Type}) cannot be read ({Reason}); it is on payment-events-poison")]
    private partial void LogUnreadable(string eventId, string type, string reason);
}
