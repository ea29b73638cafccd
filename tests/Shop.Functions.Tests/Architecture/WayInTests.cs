using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Tests.Architecture;

/// <summary>Whoever has a URL, a queue's name or a timer's setting finds the function's file in the table of functions/README.md.</summary>
public sealed partial class WayInTests
{
    /// <summary>What comes, and the folder or file below functions/ where it arrives.</summary>
    private static readonly (string What, string Where)[] Table =
    [
        .. from line in File.ReadAllLines(Path.Combine(SourceTree.Root, "functions/README.md"))
           let row = Row().Match(line)
           where row.Success
           from Match what in Code().Matches(row.Groups["what"].Value)
           select (what.Groups[1].Value, row.Groups["where"].Value),
    ];

    [Fact]
    public void Every_route_is_answered_in_the_folder_that_the_longest_fitting_row_says() =>
        (from function in HttpFunction.All
         where function.Methods.Length > 0
         from verb in function.Verbs
         let found = Table.Where(row => Fits(row.What, verb.ToUpperInvariant(), "/" + function.Route)).MaxBy(row => row.What.Length).Where
         where found != FolderOf(function.Method)
         select $"{verb} /{function.Route} is in {FolderOf(function.Method)}, not in {found}").ShouldBeEmpty();

    [Fact]
    public void Every_queue_and_every_timer_arrives_where_its_row_says() =>
        (from function in AccessRules.AllFunctions()
         from parameter in function.Method.GetParameters()
         let what = parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName ?? parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule.Trim('%')
         where what is not null
         let found = Table.SingleOrDefault(row => row.What == what).Where
         where found is null || (found != FolderOf(function.Method) && found != $"{FolderOf(function.Method)}/{function.Method.DeclaringType!.Name}")
         select $"{what} is in {FolderOf(function.Method)}/{function.Method.DeclaringType!.Name}, not in {found}").ShouldBeEmpty();

    [Fact]
    public void Every_row_is_about_something_that_comes()
    {
        var known = AccessRules.AllFunctions().SelectMany(function => function.Method.GetParameters()).SelectMany(parameter =>
            (string?[])[parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName, parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule.Trim('%')]).ToHashSet();
        Table.Where(row => !known.Contains(row.What) && !HttpFunction.All.Any(function => function.Verbs.Any(verb => Fits(row.What, verb.ToUpperInvariant(), "/" + function.Route))))
            .ShouldBeEmpty();
    }

    /// <summary>A name from a log leads to its file: it is the file's, but for the endings that the page explains and the functions that it lists.</summary>
    [Fact]
    public void Every_function_has_a_file_of_its_name_but_for_those_that_are_listed()
    {
        var listed = from line in File.ReadAllLines(Path.Combine(SourceTree.Root, "functions/README.md"))
                     let elsewhere = Elsewhere().Match(line)
                     where elsewhere.Success
                     from Match name in Code().Matches(elsewhere.Groups["names"].Value)
                     select $"{name.Groups[1].Value} is in {elsewhere.Groups["where"].Value}";
        var others = from function in AccessRules.AllFunctions()
                     let file = function.Method.DeclaringType!.Name
                     where function.Name != file && function.Name != $"AskTo{file}" && function.Name != $"{file}For"
                     select $"{function.Name} is in {FolderOf(function.Method)}/{file}";

        listed.ShouldBe(others, ignoreOrder: true);
        AccessRules.AllFunctions().Select(function => $"functions/{FolderOf(function.Method)}/{function.Method.DeclaringType!.Name}.cs")
            .Where(file => !File.Exists(Path.Combine(SourceTree.Root, file))).ShouldBeEmpty();
    }

    private static bool Fits(string what, string verb, string route)
    {
        if (what.Split(' ') is [var method, var rest]) return method == verb && rest == route;
        return route == what || route.StartsWith(what + "/", StringComparison.Ordinal);
    }

    private static string FolderOf(MethodInfo method) => string.Join('/', method.DeclaringType!.Namespace!.Split('.')[2..]);

    [GeneratedRegex(@"^\| (?<what>(?:queue |timer )?`[^|]+) \| `(?<where>[\w/]+)` \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^- (?<names>`\w+`(?:, `\w+`)*) → `(?<where>[\w/]+)`$")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
