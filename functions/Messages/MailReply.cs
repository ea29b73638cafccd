using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Shop.Functions.Messages;

/// <summary>What a reply of the mail server was about.</summary>
public enum MailStage
{
    /// <summary>The connection, the sign-in, the sender or a command: nothing about the mail's recipient.</summary>
    Session,

    /// <summary>RCPT TO.</summary>
    Recipient,

    /// <summary>The end of the data, when the server has seen all of the mail.</summary>
    Message,
}

/// <summary>
/// A refusal by the mail server, without the server's words, which may quote addresses: the reply code (RFC 5321) and the
/// enhanced code where there is one (RFC 3463), for instance 550 and 5.1.1.
/// </summary>
public readonly partial record struct MailReply(MailStage Stage, int Status, MailReply.EnhancedCode? Enhanced)
{
    public readonly record struct EnhancedCode(int Class, int Subject, int Detail)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");
    }

    /// <summary>
    /// Whether this mail will not be taken however often it is sent, for there is no such mailbox or it takes no mail from us.
    /// Whatever may be put right without changing the recipient (an expired password, a policy, a full disk, a sender that
    /// is not believed) is not: the alert must still come when it is.
    /// </summary>
    public bool IsFinal => Stage switch
    {
        MailStage.Recipient => Status is >= 550 and <= 553
            && (Enhanced is null or { Class: 5, Subject: 2 } or { Class: 5, Subject: 4, Detail: 1 } or { Class: 5, Subject: 7, Detail: 1 } || BlamesAddress),
        MailStage.Message => Status is >= 500 and <= 599 && BlamesAddress,
        _ => false,
    };

    /// <summary>5.1.7 and 5.1.8 are about the sender's address, and servers say them at RCPT TO as well.</summary>
    private bool BlamesAddress => Enhanced is { Class: 5, Subject: 1, Detail: not (7 or 8) };

    public static MailReply Of(SmtpCommandException refusal) => Of(
        refusal.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => MailStage.Recipient,
            SmtpErrorCode.MessageNotAccepted => MailStage.Message,
            _ => MailStage.Session,
        },
        (int)refusal.StatusCode,
        refusal.Message);

    /// <param name="text">What came after the status: it begins with the enhanced code, if the server gives any.</param>
    public static MailReply Of(MailStage stage, int status, string text)
    {
        var code = Enhancement().Match(text);
        return new(stage, status, code.Success ? new(Number(code, 1), Number(code, 2), Number(code, 3)) : null);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage} {Status} {Enhanced}").TrimEnd();

    private static int Number(Match code, int group) => int.Parse(code.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![^\s])")]
    private static partial Regex Enhancement();
}
