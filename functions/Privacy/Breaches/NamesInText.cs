using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>
/// Somebody's e-mail address, wherever it stands as a word of its own in a text. It comes from the sign-in. A name, a company
/// or a telephone number may be whatever its owner types: whoever called themselves "the" would read the whole register in
/// their copy, and tear it up by an erasure. Pure.
/// </summary>
public sealed class NamesInText
{
    public const string Substitute = "[erased]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex? _names;

    /// <param name="email">Null for nobody's.</param>
    public NamesInText(string? email)
    {
        if (email is { Length: > 0 }) _names = new(@$"(?<![\w.+-]){Regex.Escape(email)}(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
    }

    /// <returns>The text without them; the very same when there are none.</returns>
    public string Erase(string text) => _names?.Replace(text, Substitute) ?? text;

    /// <returns>The lines of the text that name them, for what else is in it may be about others.</returns>
    public ImmutableArray<string> LinesOf(string text) =>
        _names is null ? [] : [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => _names.IsMatch(line))];
}
