using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Messages;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Contact;

/// <summary>
/// <c>POST /api/contact</c>: hands what somebody writes to the mail server, while they wait, and keeps nothing of it: no row,
/// no message, no log. When the server does not take it, the sender is told so and nobody has it. Anyone may write.
/// </summary>
[Discloses("The mail server's operator", "to carry what people write by the contact form to the shop's own staff", DataClass.Identity, DataClass.Contact)]
[Discloses("The mail server's operator", "to tell the shop's own staff whom to erase", DataClass.Contact)]
public sealed partial class SubmitEnquiry(
    SmtpMail smtp, VisitorForms forms, RateLimits limits, IOptions<ContactOptions> options, ILogger<SubmitEnquiry> logger)
{
    /// <summary>What a proof of work is for.</summary>
    internal const string Work = "contact";

    private static readonly Problem NotTaken =
        new(503, "mail-not-taken", "Our mail server does not take it at the moment, and nothing of it is kept here. Keep it and send it again later.")
        {
            RetryAfter = TimeSpan.FromMinutes(5),
        };

    [Function(nameof(SubmitEnquiry))]
    [Anonymous]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact")] HttpRequest request, CancellationToken cancellation)
    {
        var (body, invalid) = await Body.ReadJsonAsync(request, ContactJson.Web.Type<ContactRequest>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        var (proof, refused) = await forms.AdmitAsync(request, Work, body.Proof, ContactLimits.Visitors, cancellation);
        if (refused is not null) return refused;

        // Ours, so that nobody can tell when or by whom it was written; the same whenever the same proof comes again.
        var reference = proof[..10].ToUpperInvariant();
        try
        {
            await smtp.SendAsync(ContactMail.ToDesk(body, reference, options.Value.MailboxOf(body.Kind)), cancellation);
        }
        catch (Exception failed)
        {
            // Whatever it was, nobody has the message: the same may be sent again with the same proof.
            forms.GiveBack(proof);
            if (!IsNotTaken(failed)) throw;
            LogNotTaken(WordsOf(failed));
            return NotTaken;
        }

        if (body.Receipt) await SendReceiptAsync(ContactMail.Receipt(reference, body.Email), cancellation);
        return new JsonResult<Response>(new(reference), ContactJson.Web.Type<Response>(), StatusCodes.Status202Accepted);
    }

    /// <summary>
    /// The desk has the message, so nothing that happens here is a failure; and nobody is told whether the receipt was taken,
    /// for that would tell a stranger whether there is such a mailbox.
    /// </summary>
    private async Task SendReceiptAsync(Email receipt, CancellationToken cancellation)
    {
        var recipient = EmailAddress.MailboxOf(receipt.To);
        try
        {
            if (await limits.TakeAsync(ContactLimits.Receipts, recipient, cancellation) is not null) return;
        }
        catch (Exception failed) when (ProblemMiddleware.IsUnavailable(failed))
        {
            // Where it cannot be counted none is sent: it might be the hundredth.
            LogNoReceipt(failed.GetType().Name);
            return;
        }

        try
        {
            await smtp.SendAsync(receipt, cancellation);
        }
        catch (Exception failed)
        {
            if (failed is not MailRefusedException) await limits.GiveBackAsync(ContactLimits.Receipts, recipient);
            LogNoReceipt(WordsOf(failed));
        }
    }

    private static bool IsNotTaken(Exception failed) => failed is MailRefusedException or UnavailableException;

    /// <summary>Those that are ours name nobody; others may.</summary>
    private static string WordsOf(Exception failed) => IsNotTaken(failed) ? failed.Message : failed.GetType().Name;

    /// <param name="Reference">What the desk finds it by.</param>
    public sealed record Response(string Reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "What somebody has written is not sent ({Failure}); see to Contact__Desk and Contact__Support if the mail server refuses it")]
    private partial void LogNotTaken(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody who has written is sent no receipt ({Failure})")]
    private partial void LogNoReceipt(string failure);
}
