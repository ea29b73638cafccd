using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Somebody's e-mail address, wherever it stands as a word of its own in a text, and their name, where it stands in full and
/// the text itself writes it as a name. The address comes from the sign-in; a name is whatever its owner types: whoever called
/// themselves "the laptop" would read the register in their copy, and tear it up by an erasure. Pure.
/// </summary>
public sealed class PersonInText
{
    public const string Substitute = "[erased]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex? _address;
    private readonly Regex? _name;

    /// <param name="email">Null for nobody's.</param>
    /// <param name="name">A single word is no name that could be told from others.</param>
    public PersonInText(string? email, string? name = null)
    {
        if (email is { Length: > 0 }) _address = Find($@"(?<![\w.+-]){Regex.Escape(email)}(?![\w-])");
        if (WordsOf(name ?? "") is [_, _, ..] words) _name = Find($@"(?<![\w-]){string.Join(@"\s+", words.Select(Regex.Escape))}(?![\w-])");
    }

    /// <returns>The text without both; the very same where neither stands.</returns>
    public string Erase(string text)
    {
        text = _address?.Replace(text, Substitute) ?? text;
        return _name?.Replace(text, found => IsWrittenAsName(found.Value) ? Substitute : found.Value) ?? text;
    }

    /// <param name="byName">Whether the name counts as well: two people may share one, and must not read of each other.</param>
    /// <returns>The lines of the text that have it, for what else is in it may be about others.</returns>
    public ImmutableArray<string> LinesOf(string text, bool byName) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => _address?.IsMatch(line) == true || (byName && _name?.Matches(line).Any(found => IsWrittenAsName(found.Value)) == true))];

    private static Regex Find(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);

    private static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its first and its last word begin with a capital, or in a script that has none: "Ludwig van Beethoven", and not "The laptop".</summary>
    private static bool IsWrittenAsName(string found) => WordsOf(found) is [var first, .., var last] && IsCapital(first[0]) && IsCapital(last[0]);

    private static bool IsCapital(char letter) => char.IsLetter(letter) && !char.IsLower(letter);
}
