using Microsoft.Extensions.Logging;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Recipients;

namespace Shop.Functions.Messages;

/// <summary>Asks the privacy officer, else the deputy, to tell a recipient of an erasure that this app could not tell.</summary>
[Discloses("The mail server's operator", "to have the shop's own staff tell a recipient by hand whom to erase", DataClass.Contact)]
public sealed partial class UntoldRecipientMail(OfficerMail officers, ILogger<UntoldRecipientMail> logger) : IPersonInCharge
{
    public Task<bool> IsAskedAsync(string recipient, string email, string reference, CancellationToken cancellation) => officers.IsTakenAsync(
        officer => Written(recipient, email, reference, officer),
        reply => LogRefused(reference, reply),
        failure => LogUnavailable(failure, reference),
        cancellation);

    /// <summary>It names the address, for without it nobody could find what is to go.</summary>
    private static Email Written(string recipient, string email, string reference, string officer) => new(
        $"untold-{recipient}-{reference}",
        officer,
        $"See to it that {recipient} erases somebody (erasure {reference[..8]})",
        $"""
        The account of {email} has been erased at the person's request (GDPR, Article 17), and {recipient} could not be told of it (Article 19).
        Tell it by hand to delete what it holds of that person, and delete this mail last: the address is kept nowhere else.

        Erasure: {reference}

        """);

    [LoggerMessage(Level = LogLevel.Error, Message = "Erasure {Reference}: the privacy officer's mailbox refuses mail for good ({Reply}); correct Mail__PrivacyOfficer or Mail__PrivacyOfficerDeputy")]
    private partial void LogRefused(string reference, MailReply reply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasure {Reference}: the mail to the privacy officer is put off, for the mail server does not take it")]
    private partial void LogUnavailable(Exception exception, string reference);
}
