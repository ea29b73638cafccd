namespace Shop.Functions.Platform.Http;

/// <summary>Gathers what is wrong with a request, by the member's path, so that the caller sees all of it at once.</summary>
public sealed class Validation
{
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

    /// <summary>One line of text that people typed: something in it, not too long, no control characters.</summary>
    public void Text(string? value, string path, int longest)
    {
        if (string.IsNullOrWhiteSpace(value)) Add(path, "Something is needed here.");
        else OptionalText(value, path, longest);
    }

    /// <summary>As <see cref="Text"/>, of as many lines as people like.</summary>
    public void Lines(string? value, string path, int longest)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(path, "Something is needed here.");
            return;
        }

        Require(value.Length <= longest, path, $"At most {longest} characters.");
        Require(!value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), path, "Control characters other than line ends are not allowed.");
    }

    public void OptionalText(string? value, string path, int longest)
    {
        if (value is null) return;
        Require(value.Length <= longest, path, $"At most {longest} characters.");
        Require(!value.Any(char.IsControl), path, "Control characters are not allowed.");
    }
}
