namespace Shop.Functions.Messages;

/// <summary>The mail server will not take a mail, however often it is asked.</summary>
public sealed class MailRefusedException(MailReply reply) : Exception($"The mail server refuses the mail ({reply}).")
{
    public MailReply Reply { get; } = reply;
}
