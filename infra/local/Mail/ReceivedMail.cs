using System.Text;
using MimeKit;

namespace Shop.Local.Mail;

/// <summary>A mail that came to the sink.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="From">The sender's address in the envelope; empty for a report about another mail.</param>
/// <param name="To">The recipients' addresses in the envelope.</param>
/// <param name="Raw">As it was sent.</param>
public sealed record ReceivedMail(int Number, DateTimeOffset At, string From, IReadOnlyList<string> To, string Raw, MimeMessage Message)
{
    public string Subject => Message.Subject ?? "";

    public string Text => Message.TextBody ?? "";

    public string? Html => Message.HtmlBody;

    internal static ReceivedMail Parse(int number, DateTimeOffset at, string? from, IReadOnlyList<string> to, byte[] raw)
    {
        using var stream = new MemoryStream(raw);
        return new(number, at, from ?? "", to, Encoding.Latin1.GetString(raw), MimeMessage.Load(stream));
    }
}
