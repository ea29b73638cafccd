using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Somebody's e-mail address, wherever it stands as a word of its own in a text. It comes from the sign-in. A name, a company
/// or a telephone number may be whatever its owner types: whoever called themselves "the" would read the whole register in
/// their copy, and tear it up by an erasure. Pure.
/// </summary>
public sealed class AddressInText
{
    public const string Substitute = "[erased]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex? _address;

    /// <param name="email">Null for nobody's.</param>
    public AddressInText(string? email)
    {
        if (email is { Length: > 0 }) _address = new(@$"(?<![\w.+-]){Regex.Escape(email)}(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
    }

    /// <returns>The text without it; the very same where it does not stand.</returns>
    public string Erase(string text) => _address?.Replace(text, Substitute) ?? text;

    /// <returns>The lines of the text that have it, for what else is in it may be about others.</returns>
    public ImmutableArray<string> LinesOf(string text) =>
        _address is null ? [] : [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => _address.IsMatch(line))];
}
