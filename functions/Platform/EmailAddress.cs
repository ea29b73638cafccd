using System.Text.RegularExpressions;

namespace Shop.Functions.Platform;

/// <summary>
/// What is taken for an e-mail address: the form that browsers ask for in an e-mail field, with a domain of at least two
/// labels. Nothing in it can end a header, name a second recipient or need quoting.
/// </summary>
public static partial class EmailAddress
{
    /// <summary>RFC 5321, 4.5.3.1.3.</summary>
    public const int Longest = 254;

    public static bool Is(string text) => text.Length <= Longest && text.IndexOf('@', StringComparison.Ordinal) <= 64 && Form().IsMatch(text);

    /// <returns>The same for two addresses that reach the same mailbox, as nearly every server has it.</returns>
    public static string KeyOf(string address) => address.ToUpperInvariant();

    /// <summary>For telling people apart and for counting what a mailbox gets, and not for writing to: what follows a plus sign leads to the same mailbox.</summary>
    public static string MailboxOf(string address)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return KeyOf(plus > 0 && plus < at ? address[..plus] + address[at..] : address);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex Form();
}
