namespace Shop.Functions.Tests.Architecture;

/// <summary>Files and functions stay short enough to be read at once.</summary>
public sealed class SizeTests
{
    private const int MaxFileLines = 250;
    private const int MaxFunctionLines = 70;

    public static TheoryData<string> Folders => ["functions", "infra/local", "tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_file_is_longer_than_250_lines(string folder) =>
        SourceTree.Files(folder).Where(file => file.Lines.Length > MaxFileLines)
            .Select(file => $"{file.Path}: {file.Lines.Length}").ShouldBeEmpty();

    /// <summary>Tests are exempt: one file has all the ways in which one thing can go.</summary>
    [Theory]
    [InlineData("functions")]
    [InlineData("infra/local")]
    public void Half_of_all_files_have_at_most_60_lines(string folder)
    {
        var lengths = SourceTree.Files(folder).Select(file => file.Lines.Length).Order().ToList();
        lengths[lengths.Count / 2].ShouldBeLessThanOrEqualTo(60);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_function_is_longer_than_70_lines(string folder) =>
        SourceTree.Files(folder).SelectMany(file => Functions(file.Lines).Where(function => function.Lines > MaxFunctionLines)
            .Select(function => $"{file.Path}: {function.Lines} lines from {function.First}")).ShouldBeEmpty();

    [Fact]
    public void The_length_of_a_function_is_counted()
    {
        string[] lines = ["class C", "{", "    void Long(int i)", "    {", .. Enumerable.Repeat("        i++;", 68), "    }", "", "    sealed record R(int I)", "    {", "        int F()", "        {", "        }", "    }", "}"];
        Functions(lines).Select(function => function.Lines).ShouldBe([70, 2]);
    }

    /// <summary>
    /// The bodies between braces of members, by how far they are indented: the format of the code is checked, so the brace
    /// that closes a body stands exactly below the one that opens it.
    /// </summary>
    private static IEnumerable<(int First, int Lines)> Functions(string[] lines)
    {
        for (var first = 1; first < lines.Length; first++)
        {
            var indent = lines[first].Length - 1;
            if (lines[first] != new string(' ', Math.Max(indent, 0)) + '{' || indent is not (4 or 8)) continue;
            var head = lines[..first].Reverse().TakeWhile(line => line.TrimStart() is { Length: > 0 } text && text[^1] is not ('{' or '}' or ';'))
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).ToList();
            if (!head.Any(line => line.Contains('(', StringComparison.Ordinal)) || head.Any(IsTypeHead)) continue;
            var last = Array.FindIndex(lines, first, line => line.StartsWith(new string(' ', indent) + '}', StringComparison.Ordinal));
            if (last > first) yield return (first, last - first + 1);
        }
    }

    private static bool IsTypeHead(string line) => line.Split(' ').Any(word => word is "class" or "record" or "struct" or "enum" or "interface");
}
