using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Shop.Functions.Tests.Architecture;

/// <summary>One word a concept, as functions/README.md has it: the words that were once used beside it stay out of the app's names.</summary>
public sealed partial class GlossaryTests
{
    /// <summary>What is not said any more, and what is said instead. One line for each; words are compared whole, without their case.</summary>
    private static readonly Dictionary<string, string> Banned = new(StringComparer.OrdinalIgnoreCase)
    {
        ["diary"] = "retention schedule",
        ["filing"] = "retention entry",
        ["filed"] = "scheduled",
        ["refile"] = "reschedule",
        ["unfile"] = "unschedule",
        ["copies"] = "data export",
        ["touched"] = "affected",
        ["slot"] = "erasure state",
        ["tally"] = "purge progress",
        ["thing"] = "due item",
        ["sweep"] = "reconcile",
        ["advance"] = "reconcile",
        ["look"] = "reconcile",
        ["looks"] = "reconciliation policy",
        ["news"] = "update",
        ["learn"] = "record",
    };

    /// <summary>Names in which a banned word is right, for instance because they are stored or published: the name, and why.</summary>
    private static readonly Dictionary<string, string> Exempt = new(StringComparer.Ordinal)
    {
        ["FirstLookAfter"] = "a setting of deployments",
    };

    [Fact]
    public void No_name_in_the_app_has_a_word_that_the_glossary_replaced() =>
        Names(typeof(ShopApplication).Assembly).Distinct().SelectMany(Findings).ShouldBeEmpty();

    [Fact]
    public void A_banned_word_is_found_in_types_members_and_parameters() =>
        Names([typeof(TouchedSample)]).Distinct().SelectMany(Findings).Select(finding => finding.Split(':')[0])
            .ShouldBe(["TouchedSample", "RefileAsync", "theDiary"], ignoreOrder: true);

    [Fact]
    public void The_glossary_is_short_and_says_every_word_once()
    {
        var terms = File.ReadAllLines(Path.Combine(SourceTree.Root, "functions/README.md"))
            .Where(line => line.StartsWith("| **", StringComparison.Ordinal)).Select(line => line.Split("**")[1]).ToList();
        terms.Count.ShouldBeInRange(15, 25);
        terms.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(terms.Count);
        terms.Where(Banned.ContainsKey).ShouldBeEmpty();
    }

    [Fact]
    public void Every_file_that_the_glossary_names_is_there() =>
        GlossaryFile().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "functions/README.md"))).Select(match => match.Groups[1].Value)
            .Where(path => !Directory.Exists(Path.Combine(SourceTree.Root, "functions", path)) && !File.Exists(Path.Combine(SourceTree.Root, "functions", $"{path}.cs")))
            .ShouldBeEmpty();

    private static IEnumerable<string> Findings(string name) => Exempt.ContainsKey(name)
        ? []
        : from Match word in Words().Matches(name)
          where Banned.ContainsKey(word.Value)
          select $"{name}: say {Banned[word.Value]}";

    private static IEnumerable<string> Names(Assembly assembly) =>
        Names(assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Shop.Functions", StringComparison.Ordinal) == true));

    /// <summary>What people wrote: the compiler's own names have characters that ours cannot have, and its generators' types say so.</summary>
    private static IEnumerable<string> Names(IEnumerable<Type> types)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var type in types.Where(type => IsWritten(type) && !type.IsAssignableTo(typeof(System.Text.Json.Serialization.JsonSerializerContext))))
        {
            yield return type.Name;
            foreach (var member in type.GetMembers(Own).Where(IsWritten))
            {
                yield return member.Name;
                if (member is MethodBase method)
                {
                    foreach (var parameter in method.GetParameters()) yield return parameter.Name ?? "";
                }
            }
        }
    }

    private static bool IsWritten(MemberInfo member) =>
        !member.Name.Contains('<', StringComparison.Ordinal) && !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.DeclaringType?.IsDefined(typeof(CompilerGeneratedAttribute)) != true;

    /// <summary>The words of a PascalCase or camelCase name.</summary>
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();

    /// <summary>A row's last cell when it is a path; a member's name has no slash.</summary>
    [GeneratedRegex(@"\| `(\w+(?:/\w+)+)` \|$", RegexOptions.Multiline)]
    private static partial Regex GlossaryFile();

    private static class TouchedSample
    {
        public static string RefileAsync(string theDiary) => theDiary;
    }
}
