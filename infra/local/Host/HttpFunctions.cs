using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Shop.Local.Host;

/// <summary>Gives every HTTP function its route.</summary>
internal static class HttpFunctions
{
    /// <summary>The whole route, prefix included.</summary>
    /// <exception cref="ArgumentException">The template is malformed or belongs to the host.</exception>
    public static RoutePattern Pattern(FunctionDescription function, HostJson hostJson)
    {
        var route = $"{hostJson.RoutePrefix}/{function.Route!.TrimStart('/')}".Trim('/');
        if (route.Split('/')[0].ToUpperInvariant() is "ADMIN" or "RUNTIME")
            throw new ArgumentException($"its route '{route}' is below admin/ or runtime/, which are the host's own.");
        try
        {
            return RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException error)
        {
            throw new ArgumentException($"its route '{route}' is malformed: {error.Message}", error);
        }
    }

    /// <summary>
    /// Maps all of them: one that is disabled keeps its route, so that no other function answers in its place, and says an empty 404
    /// (FunctionInvocationMiddleware of Azure/azure-functions-host).
    /// </summary>
    public static void Map(
        IEndpointRouteBuilder endpoints, IEnumerable<FunctionDescription> functions, HostJson hostJson, FunctionRunner runner)
    {
        // The host tries them by the functions' names, whatever their routes are (its FunctionMetadataManager sorts, its router takes the first that fits).
        var known = functions.Where(f => f.Trigger == TriggerKind.Http).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (order, function) in known.Index())
        {
            RequestDelegate answer = function.Disabled ? NotFound : http => runner.AnswerAsync(function, http);
            endpoints.Map(Pattern(function, hostJson), answer)
                .WithOrder(order)
                .WithMetadata(new HttpMethodMetadata(function.Methods))
                .WithDisplayName(function.Name);
        }
    }

    /// <summary>
    /// The Functions host adds the headers of host.json as an answer begins, whoever gives it, and leaves what the function has said
    /// (its CustomHttpHeadersMiddleware).
    /// </summary>
    public static Func<HttpContext, RequestDelegate, Task> AddHeaders(IReadOnlyDictionary<string, string> headers) => (http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            foreach (var (name, value) in headers) http.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(http);
    };

    /// <summary>
    /// Routing would answer 405 for a known path with another method. The Functions host makes the method part of the route
    /// and so answers 404 (its issue 10098); a client that tests against this host must see what it will see in Azure.
    /// </summary>
    public static Task RefuseOtherMethods(HttpContext http, RequestDelegate next) => http.GetEndpoint() is RouteEndpoint ? next(http) : NotFound(http);

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
