using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Platform.Http;

/// <summary>Refuses query members that a function does not take: a filter with a slip in its name would answer with everything.</summary>
public sealed class QueryMiddleware : IFunctionsWorkerMiddleware
{
    private static readonly QueryAttribute Nothing = new();

    private readonly FrozenDictionary<string, QueryAttribute> _taken =
        AccessRules.AllFunctions().ToFrozenDictionary(function => function.Name, function => function.Method.GetCustomAttribute<QueryAttribute>() ?? Nothing);

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http && Refusal(http.Request.Query, _taken.GetValueOrDefault(context.FunctionDefinition.Name, Nothing)) is { } refusal
            ? refusal.ExecuteAsync(http)
            : next(context);

    private static Problem? Refusal(IQueryCollection query, QueryAttribute taken)
    {
        if (query.Count == 0) return null;
        var validation = new Validation();
        foreach (var (name, values) in query)
        {
            var isTaken = taken.Names.Contains(name, StringComparer.OrdinalIgnoreCase);
            validation.Require(isTaken || taken.TakesOthers, BodyFaults.IsPlain(name) ? name : "$", "There is no such query member.");
            if (isTaken) validation.Require(values.Count == 1, name, "It is there more than once.");
        }

        return validation.Problem;
    }
}
