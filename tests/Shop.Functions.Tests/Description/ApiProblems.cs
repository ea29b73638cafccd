using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Tests.Description;

/// <summary>The problems in the published description. One type may have many titles: an operation shows those that it can give.</summary>
internal static class ApiProblems
{
    public const string MediaType = "application/problem+json";

    /// <summary>Those whose type has one title wherever it is answered: they are described once.</summary>
    public static ImmutableArray<Problem> Shared { get; } =
    [
        .. FunctionContract.All.SelectMany(Of).GroupBy(problem => problem.Type, StringComparer.Ordinal)
            .Where(same => same.Select(problem => problem.Title).Distinct().Count() == 1).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => same.First()),
    ];

    private static readonly HashSet<string> SharedTypes = [.. Shared.Select(problem => problem.Type)];

    public static JsonObject Examples => [.. Shared.Select(problem => KeyValuePair.Create(problem.Type, (JsonNode?)ExampleOf(problem)))];

    public static bool IsShared(Problem problem) => SharedTypes.Contains(problem.Type);

    public static IReadOnlyList<Problem> Of(FunctionContract function)
    {
        Problem[] ofAccess = function.Access switch
        {
            Access.Anonymous => [],
            Access.Role role => [Problem.NotSignedIn, Problem.RoleMissing(role.Name)],
            _ => [Problem.NotSignedIn],
        };
        Problem[] ofAll = [Problem.Unexpected, Problem.Unavailable];
        return [.. ofAccess.Concat(function.Problems).Concat(ofAll).DistinctBy(problem => (problem.Type, problem.Title)).OrderBy(problem => problem.Status).ThenBy(problem => problem.Type, StringComparer.Ordinal)];
    }

    /// <param name="problems">Of one status; none for whatever else there may be.</param>
    public static JsonObject ResponseOf(IReadOnlyCollection<Problem> problems)
    {
        var content = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } };
        if (problems.Count > 0) content["examples"] = new JsonObject([.. problems.GroupBy(problem => problem.Type).SelectMany(same => same.Select((problem, i) => KeyValuePair.Create(i == 0 ? problem.Type : $"{problem.Type}-{i + 1}", (JsonNode?)(IsShared(problem) ? new JsonObject { ["$ref"] = $"#/components/examples/{problem.Type}" } : ExampleOf(problem)))))]);
        var response = new JsonObject { ["description"] = problems.Count == 0 ? "Any other problem." : string.Join(", ", problems.Select(problem => problem.Type).Distinct()) };
        if (problems.Any(problem => problem.Status is 429 or 503))
            response["headers"] = new JsonObject { ["Retry-After"] = new JsonObject { ["description"] = "In how many seconds it makes sense to ask again.", ["schema"] = new JsonObject { ["type"] = "integer" } } };
        response["content"] = new JsonObject { [MediaType] = content };
        return response;
    }

    private static JsonObject ExampleOf(Problem problem) =>
        new() { ["value"] = new JsonObject { ["type"] = $"urn:shop:problem:{problem.Type}", ["title"] = problem.Title, ["status"] = problem.Status } };
}
