using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// Whatever no other function answers, of which the Functions host says an empty 404: a method that an address does not take (405
/// with <c>Allow</c>), OPTIONS of one (204), and addresses that there are not (404). What there is it reads off the functions themselves.
/// </summary>
public sealed class AnswerOtherRoutes
{
    /// <summary>The host tries the routes in the order of the functions' names, and takes the first that fits: this one must be the last.</summary>
    public const string Name = "ZOtherRoutes";

    private static readonly Problem Unknown = new(404, "unknown-route", "This API has no such address. GET /api/openapi.json names all that it has.");
    private static readonly Problem OtherMethod = new(405, "method-not-allowed", "This address does not take this method. The header Allow names those that it takes.");

    private static readonly Lazy<ImmutableArray<(TemplateMatcher Route, string[] Methods)>> Routes = new(() =>
    [
        .. from function in AccessRules.AllFunctions()
           from parameter in function.Method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is { Methods.Length: > 0, Route: not null }
           select (new TemplateMatcher(TemplateParser.Parse(trigger.Route!), []), trigger.Methods!),
    ]);

    [Function(Name)]
    [Anonymous]
    [Query(TakesOthers = true)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request)
    {
        var path = new PathString($"/{request.RouteValues["path"]}");
        var methods = Routes.Value.Where(known => known.Route.TryMatch(path, [])).SelectMany(known => known.Methods).Select(method => method.ToUpperInvariant()).ToHashSet();
        if (methods.Count == 0) return Unknown;
        methods.Add(HttpMethods.Options);
        request.HttpContext.Response.Headers.Allow = string.Join(", ", methods.Order(StringComparer.Ordinal));
        return HttpMethods.IsOptions(request.Method) ? Results.NoContent() : OtherMethod;
    }
}
