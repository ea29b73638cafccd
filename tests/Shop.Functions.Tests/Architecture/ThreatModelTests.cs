using System.Text.RegularExpressions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Tests.Architecture;

/// <summary>docs/threat-model.md: what it names as cover is there, and no door is missing on it.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/threat-model.md"));

    private static readonly Dictionary<string, string> Tests = SourceTree.Files("tests", "*Tests.cs").Concat(SourceTree.Files("tests", "*Properties.cs"))
        .GroupBy(file => Path.GetFileNameWithoutExtension(file.Path), file => string.Join('\n', file.Lines))
        .ToDictionary(files => files.Key, files => string.Join('\n', files));

    [Fact]
    public void Every_threat_has_a_test_and_every_test_is_there()
    {
        var rows = Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| **", StringComparison.Ordinal) && !line.StartsWith("| threat", StringComparison.Ordinal)).ToList();
        rows.Count.ShouldBeGreaterThan(30);
        rows.Where(row => !TestName().IsMatch(row.Split('|')[^2])).ShouldBeEmpty("a threat without a test");
        rows.SelectMany(row => TestName().Matches(row.Split('|')[^2])).Where(named => !IsTest(named.Groups[1].Value, named.Groups[2].Value)).Select(named => named.Value).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_no_test_is_noticed()
    {
        IsTest(nameof(ThreatModelTests), nameof(What_is_no_test_is_noticed)).ShouldBeTrue();
        IsTest(nameof(ThreatModelTests), nameof(IsTest)).ShouldBeFalse();
        IsTest(nameof(ThreatModelTests), "What_is_no_test").ShouldBeFalse();
        IsTest("NoSuchTests", nameof(What_is_no_test_is_noticed)).ShouldBeFalse();
    }

    [Fact]
    public void Every_door_without_sign_in_and_every_queue_is_on_the_page()
    {
        var rules = new AccessRules();
        var open = AccessRules.AllFunctions().Select(function => function.Name).Where(name => rules[name] is Access.Anonymous);
        var queues = StorageNames.Queues.Where(queue => !queue.EndsWith(StorageNames.PoisonSuffix, StringComparison.Ordinal));
        open.Concat(queues).Where(door => !Page.Contains($"`{door}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Tests of other projects too, which this one cannot load: by their source.</summary>
    private static bool IsTest(string type, string method) =>
        Tests.TryGetValue(type, out var source) && Regex.IsMatch(source, $@"\[(?:Fact|Theory|Property)\b(?:(?!\n\n)[\s\S])*?\b(?:void|Task|bool|Property) {method}\(");

    [GeneratedRegex(@"`([A-Za-z]+)\.(\w+)`")]
    private static partial Regex TestName();
}
