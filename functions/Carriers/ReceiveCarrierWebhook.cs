using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Carriers;

/// <summary>
/// <c>POST /api/webhooks/carriers/{carrier}</c>: checks the signature on the raw bytes, translates, queues, and only then answers
/// 200. One storage call, none for what is not ours, and no body kept. Whatever is not stored is answered with an error, so
/// that the carrier delivers again.
/// </summary>
public sealed partial class ReceiveCarrierWebhook(
    CarrierEvents events, IOptions<CarrierOptions> options, TimeProvider clock, ILogger<ReceiveCarrierWebhook> logger)
{
    /// <summary>In bytes.</summary>
    private const int Limit = 64 * 1024;

    private static readonly Problem NotSigned = Problem.BadRequest("bad-signature", $"The {CarrierSignature.Header} does not fit the body, or is too old.");

    private static readonly Problem NotSetUp =
        new(503, "carrier-not-set-up", "The shop cannot take events of this carrier yet. Try again later.") { RetryAfter = TimeSpan.FromMinutes(10) };

    [Function(nameof(ReceiveCarrierWebhook))]
    [Anonymous]
    [Query(TakesOthers = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/carriers/{carrier}")] HttpRequest request, string carrier, CancellationToken cancellation)
    {
        if (!options.Value.TryGetValue(carrier, out var settings) || settings.WebhookSecrets.Count == 0) return Problem.NotFound;
        // Whoever knows the vault's name knows the reference as well, and could sign with it.
        var code = carrier.ToLowerInvariant();
        if (!settings.IsSetUp)
        {
            events.Leave(code, "not_set_up");
            return NotSetUp;
        }

        if (await Body.ReadBytesAsync(request, Limit, cancellation) is not { } bytes)
        {
            events.Leave(code, "refused");
            return Body.TooLarge;
        }

        if (!CarrierSignature.IsGood(request.Headers[CarrierSignature.Header].ToString(), bytes.Span, settings.WebhookSecrets, clock.GetUtcNow()))
        {
            events.Leave(code, "refused");
            LogNotSigned(code);
            return NotSigned;
        }

        var (told, ignored, problem, orderId) = CarrierReport.Read(bytes.Span, code, clock.GetUtcNow());
        if (told is not null)
        {
            await events.SendAsync(told, cancellation);
        }
        else if (ignored is not null)
        {
            events.Leave(code, "ignored");
            LogIgnored(code, ignored);
        }
        else
        {
            // It is genuine: the carrier's log shows the answer, and it comes again. Until somebody has seen to it, what it says of
            // the parcel is missing, and there is nothing to ask the carrier for it by: so a person is told, and no list has it.
            events.Leave(code, "unreadable");
            LogUnreadable(code, orderId, string.Join(", ", problem!.Errors?.Keys ?? ["not JSON"]));
            return problem;
        }

        return Results.Ok();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery of carrier {Carrier} was turned away: its signature does not fit")]
    private partial void LogNotSigned(string carrier);

    [LoggerMessage(Level = LogLevel.Information, Message = "An event of carrier {Carrier} is none of this shop's business: {Reason}")]
    private partial void LogIgnored(string carrier, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "An event that carrier {Carrier} has signed, of order {OrderId}, cannot be read ({Members}): it was answered 400, and staff enter what has happened to the parcel")]
    private partial void LogUnreadable(string carrier, string? orderId, string members);
}
