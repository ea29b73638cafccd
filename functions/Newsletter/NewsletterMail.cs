using Shop.Functions.Messages;

namespace Shop.Functions.Newsletter;

/// <summary>The mails of the newsletter's list; the newsletter itself is the provider's to send. Pure.</summary>
public static class NewsletterMail
{
    /// <param name="id">Ours, of this one mail.</param>
    public static Email Confirm(string id, string email, Uri link, bool byParent) => new(
        $"newsletter-{id}",
        email,
        "Do you want our newsletter?",
        $"""
        {(byParent ? "A parent has agreed that you may have our newsletter." : "Somebody, most likely you, has asked for our newsletter to this address.")}
        It comes three or four times a year. If you want it, open this page within two days and press the button there:

        {link}

        If you do not, do nothing: this address is kept nowhere.

        """);

    /// <summary>It names the child's address, so that a parent can tell whose it is.</summary>
    public static Email AskParent(string id, string parent, string child, Uri link) => new(
        $"newsletter-parent-{id}",
        parent,
        "May your child have our newsletter?",
        $"""
        Somebody who is under 16 has asked for our newsletter to {child} and named you as a parent.
        It comes three or four times a year, about equipment for server rooms. If you agree, open this page within two days and press the button there:

        {link}

        We then ask at the child's address as well. If you do not agree, or this is nobody you know, do nothing: neither address is kept anywhere.

        """);

    /// <summary>With the headers by which a mail program takes the address off the list at the press of its own button (RFC 8058).</summary>
    public static Email Welcome(string id, string email, Uri unsubscribe) => new(
        $"newsletter-welcome-{id}",
        email,
        "You are on the list of our newsletter",
        $"""
        You get our newsletter from now on, three or four times a year.
        To leave the list, use the link in any newsletter, or this one:

        {unsubscribe}

        """)
    {
        Unsubscribe = unsubscribe,
    };
}
