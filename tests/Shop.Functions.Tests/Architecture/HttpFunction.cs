using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Tests.Architecture;

/// <summary>A function of the app that is called over HTTP, as its trigger says.</summary>
/// <param name="Route">Without the prefix <c>api/</c>.</param>
/// <param name="Methods">In lower case; none for what answers whatever nothing else does.</param>
internal sealed partial record HttpFunction(string Name, MethodInfo Method, string Route, ImmutableArray<string> Methods)
{
    public static ImmutableArray<HttpFunction> All { get; } =
    [
        .. from function in AccessRules.AllFunctions()
           from parameter in function.Method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select new HttpFunction(function.Name, function.Method, trigger.Route!, [.. trigger.Methods ?? []]),
    ];

    /// <summary>HEAD is GET without its answer: said once for both.</summary>
    public IEnumerable<string> Verbs => Methods.Where(method => method != "head");

    /// <param name="place">What stands in each place of the route.</param>
    public string Path(string place = "x") => "api/" + Place().Replace(Route, place);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
