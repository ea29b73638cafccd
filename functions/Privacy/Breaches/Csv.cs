namespace Shop.Functions.Privacy.Breaches;

/// <summary>Fields of comma-separated values that no spreadsheet takes for a formula.</summary>
public static class Csv
{
    /// <summary>What a formula, or a command in one, begins with.</summary>
    private const string Dangerous = "=+-@\t\r\n|%＝＋－＠";

    /// <returns>The text in quotes; an apostrophe before it where a spreadsheet would calculate.</returns>
    public static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // Some programs look past blanks and quotation marks.
        var start = text.AsSpan().TrimStart(" \"'");
        var guard = start.Length > 0 && Dangerous.Contains(start[0]) ? "'" : "";
        return $"\"{guard}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
