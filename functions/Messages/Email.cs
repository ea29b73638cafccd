namespace Shop.Functions.Messages;

/// <summary>A mail as the server gets it.</summary>
/// <param name="Id">The same for the same mail, however often it is sent: mailboxes that see it twice can tell.</param>
public sealed record Email(string Id, string To, string Subject, string Text)
{
    /// <summary>The same as a page, for programs that show one; null for a mail that is text only.</summary>
    public string? Html { get; init; }

    /// <summary>Who is answered, where that is not the shop.</summary>
    public (string Name, string Address)? ReplyTo { get; init; }

    /// <summary>Where a mail program asks, at one press of its own button, for no more of these (RFC 8058).</summary>
    public Uri? Unsubscribe { get; init; }
}
