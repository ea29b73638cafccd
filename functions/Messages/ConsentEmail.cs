using Shop.Functions.Accounts;

namespace Shop.Functions.Messages;

/// <summary>
/// The mail that asks whether a consent was meant. It has nothing in it that anybody typed but addresses: a parent's is
/// anyone's until its owner has answered. Pure.
/// </summary>
public static class ConsentEmail
{
    /// <param name="id">Ours, of this one question.</param>
    public static Email Of(string id, ConsentLink link, Uri page) => new(
        $"consent-{id}",
        link.Recipient,
        link.Parent is null ? "Do you want news from us?" : "May your child have news from us?",
        $"""
        {(link.Parent is null ? "In your account with us" : $"Somebody who is under 16 has an account with us for {link.Email}, named you as a parent, and there")} this has been agreed to:

        {ConsentWording.TextOf(link.Wording)}

        It counts only once you say so. If you agree, open this page within two days and press the button there:

        {page}

        If you do not, do nothing.

        """);
}
