using System.Text.RegularExpressions;

namespace Shop.Functions.Tests.Architecture;

/// <summary>
/// A type that others use has a file of its own name, so whoever reads its name knows where it stands. What only its own file names may stay
/// there, and so may what generates the JSON of its neighbours.
/// </summary>
public sealed partial class FileNameTests
{
    [Theory]
    [InlineData("functions")]
    [InlineData("infra/local")]
    [InlineData("tests")]
    public void A_type_that_other_files_name_has_a_file_of_its_own_name(string root) => Hidden([.. SourceTree.Files(root)]).ShouldBeEmpty();

    [Fact]
    public void A_type_that_hides_in_the_file_of_another_is_found()
    {
        (string, string[])[] files =
        [
            ("functions/Orders/Order.cs", ["public sealed record Order(OrderKind Kind)", "{", "    public enum Nested", "}", "internal enum OrderKind", "public sealed record Only<T>(T It);", "internal sealed partial class OrderJson : JsonSerializerContext;"]),
            ("functions/Orders/Order.Money.cs", ["public sealed partial record Order", "public delegate void Paid<T>(T order);", "/// <summary>Only here.</summary>", "internal static class Alone"]),
            ("functions/Orders/ReadOrder.cs", ["// Alone", "public sealed class ReadOrder(OrderKind kind, Nested nested, Paid<Order> paid, OrderJson json)"]),
            ("tests/Host/QueueFunctions.cs", ["public sealed class OrderKinds"]),
        ];
        Hidden(files).ShouldBe(["functions/Orders/Order.cs has OrderKind, which others name", "functions/Orders/Order.Money.cs has Paid, which others name"]);
    }

    private static IEnumerable<string> Hidden(IReadOnlyList<(string Path, string[] Lines)> files)
    {
        var named = files.Select(file => file.Lines.SelectMany(line => Word().Matches(Comment().Replace(line, "")).Select(word => word.Value)).ToHashSet()).ToList();
        return from file in files.Index()
               where !IsOfMiniatures(file.Item.Path)
               from line in file.Item.Lines
               let type = Declaration().Match(line).Groups["name"].Value
               where type.Length > 0 && type != System.IO.Path.GetFileName(file.Item.Path).Split('.')[0] && !line.Contains(": JsonSerializerContext", StringComparison.Ordinal)
               where named.Index().Any(other => other.Index != file.Index && other.Item.Contains(type))
               select $"{file.Item.Path} has {type}, which others name";
    }

    /// <summary>Apps of a few lines: what the host's tests let it run, and what the benchmarks start.</summary>
    private static bool IsOfMiniatures(string path) =>
        path.StartsWith("tests/", StringComparison.Ordinal) && (path.EndsWith("Functions.cs", StringComparison.Ordinal) || path.EndsWith("/Program.cs", StringComparison.Ordinal));

    /// <summary>At the beginning of a line: namespaces are those of their files, so what is nested is indented.</summary>
    [GeneratedRegex(@"^(?!file )(?:[a-z]+ )*(?:(?:class|record struct|record class|record|struct|enum|interface) |delegate .+ )(?<name>[A-Z]\w*)(?=[<(;: ]|$)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex("(?<!:)//.*")]
    private static partial Regex Comment();
}
