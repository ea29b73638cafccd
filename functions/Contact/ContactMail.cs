using System.Text;
using Shop.Functions.Messages;

namespace Shop.Functions.Contact;

/// <summary>What the desk gets, and what the sender gets. Pure.</summary>
public static class ContactMail
{
    public static Email ToDesk(ContactRequest written, string reference, string desk)
    {
        var text = new StringBuilder()
            .Append("Written by the contact form of the shop. An answer goes to the sender.\n\n")
            .Append("Reference: ").Append(reference).Append('\n')
            .Append("From: ").Append(written.Name.Trim()).Append(" <").Append(written.Email).Append(">\n");
        if (!string.IsNullOrWhiteSpace(written.OrderNumber))
            text.Append("Order, as the sender says: ").Append(written.OrderNumber.Trim()).Append('\n');
        text.Append('\n').Append(written.Text.ReplaceLineEndings("\n").Trim()).Append('\n');
        var kind = written.Kind == ContactKind.Support ? "Support" : "Enquiry";
        return new($"contact-{reference}", desk, $"[{kind}] {written.Subject.Trim()}", text.ToString()) { ReplyTo = (written.Name.Trim(), written.Email) };
    }

    /// <summary>To the desk, of somebody who is erased: it names the address, for without it nobody could find what is to go.</summary>
    public static Email Erased(string email, string reference, string desk) => new(
        $"erased-{reference}",
        desk,
        $"Delete what you hold of somebody (erasure {reference[..8]})",
        $"""
        The account of {email} has been erased at the person's request (GDPR, Article 17).
        Delete what you have of that person in mailboxes, in the customer list, in quotations and elsewhere, unless law demands that it is kept (Article 19), and this mail last.

        Erasure: {reference}

        """);

    /// <summary>
    /// The same words for everybody. Nobody has shown that the address is theirs, so nothing that was typed is sent there:
    /// else the form would carry anybody's text to anybody, in the shop's name.
    /// </summary>
    public static Email Receipt(string reference, string sender) => new(
        $"contact-receipt-{reference}",
        sender,
        $"We have your message ({reference})",
        $"""
        Somebody, most likely you, has written to us by our contact form and given this address for the answer.
        Our staff have the message. Its reference is {reference}.

        What was written is not repeated here, because nobody has shown yet that this address belongs to the sender.
        If it was not you, there is nothing that you need do: the form keeps no address.

        """);
}
