using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Shop.Functions.Accounts;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>What somebody is called, wherever it stands as words of its own in a text. Pure.</summary>
public sealed class NamesInText
{
    public const string Substitute = "[erased]";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex? _names;

    /// <param name="names">One on each line; null for nobody.</param>
    public NamesInText(string? names)
    {
        var each = (names ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // The longest first: a company may be called after its owner.
        var pattern = string.Join('|', each.OrderByDescending(name => name.Length).Select(Regex.Escape));
        if (each.Length > 0) _names = new(@$"(?<!\w)(?:{pattern})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
    }

    /// <returns>By what an account's owner can be told from others in a text, one on each line.</returns>
    public static string Of(AccountEntity account) =>
        string.Join('\n', new[] { account.Name, account.Email, account.Phone, account.Company }.Where(name => !string.IsNullOrWhiteSpace(name)));

    /// <returns>The text without them; the very same when there are none.</returns>
    public string Erase(string text) => _names?.Replace(text, Substitute) ?? text;

    /// <returns>The lines of the text that name them, for what else is in it may be about others.</returns>
    public ImmutableArray<string> LinesOf(string text) =>
        _names is null ? [] : [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(line => _names.IsMatch(line))];
}
