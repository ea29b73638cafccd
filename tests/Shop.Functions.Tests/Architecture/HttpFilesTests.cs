using System.Text.RegularExpressions;

namespace Shop.Functions.Tests.Architecture;

/// <summary>The .http files beside the slices ask for routes that exist, and for every route that people may call.</summary>
public sealed partial class HttpFilesTests
{
    private static readonly List<(string Slice, string Method, string Route)> Routes =
    [
        .. from function in HttpFunction.All
           from method in function.Verbs
           select (function.Method.DeclaringType!.Namespace!.Split('.')[2], method.ToUpperInvariant(), function.Route),
    ];

    private static readonly List<(string Path, string Slice, string Method, string Route)> Requests =
    [
        .. from file in SourceTree.Files("functions", "*.http")
           from line in file.Lines
           let request = RequestLine().Match(line)
           where request.Success
           select (file.Path, file.Path.Split('/')[1], request.Groups["method"].Value, request.Groups["route"].Value),
    ];

    [Fact]
    public void Every_request_is_for_a_function_of_its_slice() =>
        Requests.Where(request => !Routes.Any(route => IsSame(route, request))).Select(request => $"{request.Path}: {request.Method} {request.Route}").ShouldBeEmpty();

    /// <summary>Webhooks are signed by the providers: no one can write them by hand.</summary>
    [Fact]
    public void Every_function_that_people_call_has_a_request() =>
        Routes.Where(route => !route.Route.StartsWith("webhooks/", StringComparison.Ordinal) && !Requests.Any(request => IsSame(route, request)))
            .Select(route => $"{route.Slice}: {route.Method} {route.Route}").ShouldBeEmpty();

    [Fact]
    public void Every_variable_is_set_before_it_is_used()
    {
        foreach (var (path, lines) in SourceTree.Files("functions", "*.http"))
        {
            var known = new HashSet<string>();
            foreach (var line in lines)
            {
                foreach (Match used in Variable().Matches(line)) known.ShouldContain(used.Groups[1].Value, $"{path}: {line}");
                if (Definition().Match(line) is { Success: true } definition) known.Add(definition.Groups[1].Value);
            }
        }
    }

    private static bool IsSame((string Slice, string Method, string Route) route, (string Path, string Slice, string Method, string Route) request) =>
        route.Slice == request.Slice && route.Method == request.Method
        && Regex.IsMatch(request.Route, "^" + Regex.Replace(route.Route, @"\{\w+\}", "[^/]+") + "$");

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|PATCH|DELETE) \{\{api\}\}/(?<route>[^?\s]+)")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^@(\w+)\s*=")]
    private static partial Regex Definition();
}
