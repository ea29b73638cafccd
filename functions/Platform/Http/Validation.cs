using System.Globalization;
using System.Text;

namespace Shop.Functions.Platform.Http;

/// <summary>Gathers what is wrong with a request, by the member's path, so that the caller sees all of it at once.</summary>
public sealed class Validation
{
    private const int LongestNote = 200;

    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <returns>The problem to answer with, or null when nothing was wrong.</returns>
    public Problem? Problem => _errors.Count == 0
        ? null
        : Http.Problem.Invalid(_errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));

    public void Add(string path, string reason)
    {
        if (!_errors.TryGetValue(path, out var reasons)) _errors[path] = reasons = [];
        reasons.Add(reason);
    }

    public void Require(bool holds, string path, string reason)
    {
        if (!holds) Add(path, reason);
    }

    /// <summary>One line of text that people typed: something to see in it, not too long, no control characters.</summary>
    public void Text(string? value, string path, int longest)
    {
        if (value is null || !value.EnumerateRunes().Any(IsVisible)) Add(path, "Something is needed here.");
        else OptionalText(value, path, longest);
    }

    /// <summary>
    /// Why staff do something: one of a few codes, for the books; what else there is to say is a note, which may name people
    /// and goes with them.
    /// </summary>
    public void Reason(string? code, string? note, IReadOnlyCollection<string> codes)
    {
        Require(code is not null && codes.Contains(code), "reason", $"One of: {string.Join(", ", codes)}. What else there is to say is a note.");
        OptionalText(note, "note", LongestNote);
        Require(note is null || !string.IsNullOrWhiteSpace(note), "note", "Say something, or leave it out.");
    }

    public void Email(string? value, string path)
    {
        Text(value, path, EmailAddress.Longest);
        Require(EmailAddress.Is(value ?? ""), path, "An e-mail address is needed here.");
    }

    /// <summary>As <see cref="Text"/>, of as many lines as people like.</summary>
    public void Lines(string? value, string path, int longest)
    {
        if (value is null || !value.EnumerateRunes().Any(IsVisible))
        {
            Add(path, "Something is needed here.");
            return;
        }

        Require(value.Length <= longest, path, $"At most {longest} characters.");
        Require(!value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), path, "Control characters other than line ends are not allowed.");
        Require(!value.Any(TurnsAround), path, "Characters that change the direction of what follows are not allowed.");
    }

    public void OptionalText(string? value, string path, int longest)
    {
        if (value is null) return;
        Require(value.Length <= longest, path, $"At most {longest} characters.");
        Require(!value.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'), path, "Control characters and line ends are not allowed.");
        Require(!value.Any(TurnsAround), path, "Characters that change the direction of what follows are not allowed.");
    }

    /// <summary>Marks alone, joiners and fillers leave nothing on paper or a screen.</summary>
    private static bool IsVisible(Rune rune) => rune.Value is not (0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    /// <summary>With these a text shows in another order than it is stored, and a name can look like somebody else's: all that Unicode calls bidirectional controls.</summary>
    private static bool TurnsAround(char letter) =>
        letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
