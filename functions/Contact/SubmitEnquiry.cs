using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Functions.Messages;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Contact;

/// <summary>
/// <c>POST /api/contact</c>: hands what somebody writes to the mail server, while they wait, and keeps nothing of it: no row,
/// no message, no log. When the server does not take it, the sender is told so and nobody has it. Anyone may write.
/// </summary>
[Discloses("The mail server's operator", "to carry what people write by the contact form to the shop's own staff", DataClass.Identity, DataClass.Contact)]
[Discloses("The mail server's operator", "to tell the shop's own staff whom to erase", DataClass.Contact)]
public sealed partial class SubmitEnquiry(
    SmtpMail smtp, ProofOfWork proofs, ContactLimits limits, IOptions<ContactOptions> options, ILogger<SubmitEnquiry> logger)
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
        var (body, unreadable) = await Body.ReadJsonAsync(request, ContactJson.Web.Type<ContactRequest>(), cancellation);
        if (body is null) return unreadable!;
        if (body.Validate() is { } invalid) return invalid;
        if (!limits.Visitors.TryTake(Visitor.KeyOf(request))) return Visitor.TooMany(limits.Visitors);
        if (proofs.Take(Work, body.Proof, out var proof) is { } refused) return refused;

        // Ours, so that nobody can tell when or by whom it was written; the same whenever the same proof comes again.
        var reference = proof[..10].ToUpperInvariant();
        if (!await IsTakenAsync(ContactMail.ToDesk(body, reference, options.Value.MailboxOf(body.Kind)), cancellation))
        {
            proofs.GiveBack(proof);
            return NotTaken;
        }

        var receipt = body.Receipt && limits.Receipts.TryTake(EmailAddress.KeyOf(body.Email))
            && await IsTakenAsync(ContactMail.Receipt(reference, body.Email), cancellation);
        return new JsonResult<Response>(new(reference, receipt), ContactJson.Web.Type<Response>(), StatusCodes.Status202Accepted);
    }

    /// <param name="Reference">What the desk finds it by.</param>
    /// <param name="ReceiptSent">Whether a mail that says so is on its way to the sender.</param>
    public sealed record Response(string Reference, bool ReceiptSent);

    private async Task<bool> IsTakenAsync(Email email, CancellationToken cancellation)
    {
        try
        {
            await smtp.SendAsync(email, cancellation);
            return true;
        }
        catch (MailRefusedException refused)
        {
            LogRefused(refused.Reply);
            return false;
        }
        catch (UnavailableException unavailable)
        {
            LogUnavailable(unavailable);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server refuses what somebody has written, or its receipt ({Reply}); see to Contact__Desk and Contact__Support if it is the desk's")]
    private partial void LogRefused(MailReply reply);

    [LoggerMessage(Level = LogLevel.Error, Message = "What somebody has written, or its receipt, is not sent: the mail server does not take it")]
    private partial void LogUnavailable(Exception exception);
}
