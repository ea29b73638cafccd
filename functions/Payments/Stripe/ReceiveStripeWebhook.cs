using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Stripe;

namespace Shop.Functions.Payments.Stripe;

/// <summary>
/// <c>POST /api/webhooks/stripe</c>: checks the signature on the raw bytes, translates, queues, and only then answers
/// 200. No database read, and no body kept. Whatever is not stored is answered with an error, so that Stripe delivers again.
/// </summary>
public sealed partial class ReceiveStripeWebhook(
    PaymentEvents events, IOptions<StripeOptions> options, TimeProvider clock, ILogger<ReceiveStripeWebhook> logger)
{
    /// <summary>In bytes; the largest events seen are a tenth of it.</summary>
    private const int Limit = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Problem NotSigned = Problem.BadRequest("bad-signature", "The Stripe-Signature does not fit the body, or is too old.");

    [Function(nameof(ReceiveStripeWebhook))]
    [Anonymous]
    [Query(TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/stripe")] HttpRequest request, CancellationToken cancellation)
    {
        // Whoever knows the vault's name knows the reference as well, and could sign with it.
        if (!options.Value.IsSetUp)
        {
            events.Leave(Providers.Stripe, "not_set_up");
            return PaymentProviders.NotSetUp;
        }

        if (await Body.ReadBytesAsync(request, Limit, cancellation) is not { } bytes)
        {
            events.Leave(Providers.Stripe, "refused");
            return Body.TooLarge;
        }

        if (VerifiedText(bytes.Span, request.Headers["Stripe-Signature"].ToString()) is not { } json)
        {
            events.Leave(Providers.Stripe, "refused");
            LogNotSigned();
            return NotSigned;
        }

        var translation = StripeTranslation.Read(json, options.Value.IsLive);
        await events.ReceiveAsync(Providers.Stripe, translation, cancellation);
        if (translation is Translation.Unreadable { Event: var unreadable }) LogUnreadable(unreadable.EventId, unreadable.Type, unreadable.Reason);
        if (translation is Translation.Ignored { Reason: var reason }) LogIgnored(reason);
        return Results.Ok();
    }

    /// <returns>The body as text when one of our secrets has signed exactly these bytes recently; else null.</returns>
    public string? VerifiedText(ReadOnlySpan<byte> body, string signature)
    {
        if (signature.Length == 0) return null;
        string json;
        try
        {
            json = StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var secret in options.Value.WebhookSecrets)
        {
            try
            {
                EventUtility.ValidateSignature(json, signature, secret, EventUtility.DefaultTimeTolerance, now);
                return json;
            }
            catch (Exception exception) when (exception is StripeException or FormatException or OverflowException)
            {
                // Another secret may fit: while a secret is rotated there are two.
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A Stripe delivery was turned away: its signature does not fit")]
    private partial void LogNotSigned();

    [LoggerMessage(Level = LogLevel.Information, Message = "A Stripe event is none of this shop's business: {Reason}")]
    private partial void LogIgnored(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Stripe event {EventId} ({Type}) cannot be read ({Reason}); it is on payment-events-poison")]
    private partial void LogUnreadable(string eventId, string type, string reason);
}
