using System.Globalization;
using SmtpServer.Protocol;

namespace Shop.Local.Mail;

/// <summary>What the sink answers instead of taking a mail.</summary>
/// <param name="Answer">As on the wire, for instance <c>451 4.3.0 try again later</c>; after a 421 it hangs up.</param>
/// <param name="Recipient">The only one that is answered so; null for all. Other steps know of none.</param>
public sealed record MailFault(MailStep Step, string Answer, string? Recipient = null)
{
    internal SmtpResponse Response => new((SmtpReplyCode)int.Parse(Answer.AsSpan(0, 3), CultureInfo.InvariantCulture), Answer[4..]);

    internal void Throw() => throw new SmtpResponseException(Response, Answer.StartsWith("421", StringComparison.Ordinal));
}
