using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Tests.Description;

/// <summary>The published description of the API (OpenAPI 3.1), made from the code.</summary>
internal static partial class ApiDocument
{
    private const string AnyProblem = "problem";

    /// <summary>By slice: what its functions are for.</summary>
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Accounts"] = "The signed-in person's account, addresses and consents.",
        ["Carriers"] = "What carriers tell of parcels.",
        ["Catalogue"] = "What can be ordered, and how much of it there is.",
        ["Contact"] = "A message to the company's desk, of which nothing is stored.",
        ["Newsletter"] = "Joining and leaving the newsletter without an account.",
        ["Operations"] = "For those who run the shop: health, dead letters, reconciliation.",
        ["Orders"] = "Orders, refunds, reviews, parcels and invoices.",
        ["Payments"] = "Paying for an order, and what the payment providers tell.",
        ["Privacy"] = "Copies, erasures, holds, purges, breaches and the published policy.",
        ["Tracking"] = "What has happened to an order.",
    };

    private static readonly Dictionary<string, XElement> Comments = XDocument.Load(Path.ChangeExtension(typeof(AccessRules).Assembly.Location, ".xml"))
        .Descendants("member").Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 2, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text { get; } = Write() + "\n";

    private static string Write()
    {
        var schemas = new ApiSchemas();
        var paths = new JsonObject();
        foreach (var route in FunctionContract.All.GroupBy(function => function.Route))
        {
            var path = new JsonObject();
            foreach (var function in route)
            {
                foreach (var verb in function.Verbs.Order(StringComparer.Ordinal)) path[verb] = OperationOf(function, verb, function.Verbs.Length > 1, schemas);
            }

            paths[$"/{route.Key}"] = path;
        }

        var shared = SharedResponse().Matches(paths.ToJsonString()).Select(match => match.Groups[1].Value).ToHashSet();
        var components = new JsonObject
        {
            ["schemas"] = WithProblem(schemas.All),
            ["responses"] = new JsonObject([
                KeyValuePair.Create(AnyProblem, (JsonNode?)ApiProblems.ResponseOf([])),
                .. ApiProblems.Shared.Where(problem => shared.Contains(problem.Type)).Select(problem => KeyValuePair.Create(problem.Type, (JsonNode?)ApiProblems.ResponseOf([problem]))),
            ]),
            ["examples"] = ApiProblems.Examples,
            ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "A token of the sign-in authority; staff have app roles in it." } },
        };
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Shop.Functions",
                ["version"] = "1",
                ["description"] = "Accounts, orders, payments, tracking and privacy of an online shop. Amounts are in minor units of their currency. Errors are problems (RFC 9457) whose type never changes its meaning; unknown members of a body or a query are refused, and all that is missing or wrong is told at once. HEAD is answered where GET is; another method is 405 (method-not-allowed) with Allow, and an address that there is not 404 (unknown-route). What may be done so often an hour or a day is counted from the full hour or from midnight UTC, and a few more may get through; who is told 429 comes back after Retry-After.",
                ["license"] = new JsonObject { ["name"] = "Proprietary", ["url"] = "about:blank" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/api" }),
            ["tags"] = new JsonArray([.. FunctionContract.All.Select(TagOf).Distinct().Order(StringComparer.Ordinal).Select(tag => (JsonNode)new JsonObject { ["name"] = tag, ["description"] = Tags[tag] })]),
            ["paths"] = paths,
            ["components"] = components,
        }.ToJsonString(Indented);
    }

    private static JsonObject OperationOf(FunctionContract function, string verb, bool hasOthers, ApiSchemas schemas)
    {
        var said = CommentOf(function);
        var operation = new JsonObject
        {
            ["operationId"] = hasOthers ? $"{function.Name}_{verb}" : function.Name,
            ["summary"] = SentenceEnd().Split(said, 2)[0].TrimEnd('.'),
            ["description"] = string.Join(' ', function.Limits.Prepend(said + (function.Access is Access.Role role ? $" Needs the app role {role.Name}." : ""))),
            ["tags"] = new JsonArray(TagOf(function)),
            ["security"] = function.Access is Access.Anonymous ? [] : new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        };
        if (ParametersOf(function, verb) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (verb is not ("get" or "delete") && BodyOf(function, schemas) is { } body) operation["requestBody"] = body;
        operation["responses"] = ResponsesOf(function, verb, schemas);
        return operation;
    }

    private static JsonObject? BodyOf(FunctionContract function, ApiSchemas schemas) => function switch
    {
        { Body: { } type } => new() { ["required"] = true, ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Of(type, isRead: true) } } },
        { TakesForm: true } => new() { ["content"] = new JsonObject { ["application/x-www-form-urlencoded"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } } } },
        _ => null,
    };

    private static JsonArray ParametersOf(FunctionContract function, string verb)
    {
        var parameters = new JsonArray();
        foreach (Match place in Placeholder().Matches(function.Route)) parameters.Add(Parameter(place.Groups[1].Value, "path", isRequired: true));
        foreach (var name in function.Query) parameters.Add(Parameter(name, "query", isRequired: false));
        foreach (var name in function.Headers.Where(name => verb != "get" || name == "If-None-Match")) parameters.Add(Parameter(name, "header", isRequired: name == "Idempotency-Key"));
        if (verb == "get" && function.HasTag && !function.Headers.Contains("If-None-Match")) parameters.Add(Parameter("If-None-Match", "header", isRequired: false));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, bool isRequired) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = new JsonObject { ["type"] = name == "limit" ? "integer" : "string" } };

    private static JsonObject ResponsesOf(FunctionContract function, string verb, ApiSchemas schemas)
    {
        var responses = new JsonObject();
        foreach (var same in function.Answers.GroupBy(answer => answer.Status)) responses[$"{same.Key}"] = AnswerOf(same.ToList(), function.HasTag, schemas);
        if (verb == "get" && function.HasTag) responses["304"] = new JsonObject { ["description"] = "Unchanged since the state that If-None-Match names." };
        foreach (var same in ApiProblems.Of(function).GroupBy(problem => problem.Status))
        {
            var problem = ApiProblems.ResponseOf([.. same]);
            // What is for programs and for people in one: a page says it as well.
            if (responses[$"{same.Key}"] is JsonObject page && page["content"] is JsonObject content)
            {
                content[ApiProblems.MediaType] = problem["content"]![ApiProblems.MediaType]!.DeepClone();
                if (problem["headers"] is { } headers) page["headers"] = headers.DeepClone();
            }
            else
            {
                responses[$"{same.Key}"] = same.ToList() is [var one] && ApiProblems.IsShared(one) ? Shared(one.Type) : problem;
            }
        }

        responses["default"] = Shared(AnyProblem);
        return responses;

        static JsonObject Shared(string name) => new() { ["$ref"] = $"#/components/responses/{name}" };
    }

    private static JsonObject AnswerOf(List<FunctionContract.Answer> answers, bool hasTag, ApiSchemas schemas)
    {
        var response = new JsonObject { ["description"] = answers[0].Status switch { 201 => "It is there now.", 202 => "It will be done.", 204 => "It is done.", >= 400 => "A page that says why not.", _ => "As asked." } };
        if (hasTag && answers.Any(answer => answer.Body is not null))
            response["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["description"] = "Names this state; where things are changed, If-Match takes it.", ["schema"] = new JsonObject { ["type"] = "string" } } };
        var content = new JsonObject();
        foreach (var kind in answers.Where(answer => answer.MediaType is not null).GroupBy(answer => answer.MediaType!))
        {
            var bodies = kind.Where(answer => answer.Body is not null).Select(answer => schemas.Of(answer.Body!, isRead: false)).ToList();
            content[kind.Key] = new JsonObject { ["schema"] = bodies switch { [] => new JsonObject { ["type"] = "string" }, [var one] => one, _ => new JsonObject { ["anyOf"] = new JsonArray([.. bodies]) } } };
        }

        if (content.Count > 0) response["content"] = content;
        return response;
    }

    private static JsonObject WithProblem(JsonObject schemas)
    {
        var text = new JsonObject { ["type"] = "string" };
        schemas["Problem"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("type", "title"),
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["type"] = "string", ["description"] = "urn:shop:problem:… and a name that never changes its meaning." },
                ["title"] = text.DeepClone(),
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["detail"] = text.DeepClone(),
                ["traceId"] = text.DeepClone(),
                ["errors"] = new JsonObject { ["type"] = "object", ["description"] = "What is wrong, by the member's path.", ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = text.DeepClone() } },
            },
        };
        return schemas;
    }

    private static string TagOf(FunctionContract function) => function.Method.DeclaringType!.Namespace!.Split('.')[2];

    /// <summary>The method's own comment where it has one: a class may hold more than one function.</summary>
    private static string CommentOf(FunctionContract function)
    {
        var type = function.Method.DeclaringType!.FullName!;
        var own = Comments.FirstOrDefault(comment => comment.Key.StartsWith($"M:{type}.{function.Method.Name}(", StringComparison.Ordinal)).Value;
        var summary = own ?? Comments[$"T:{type}"];
        var text = string.Concat(summary.Nodes().Select(node => node is XElement element ? element.Attribute("cref")?.Value.Split('.', ':')[^1] ?? element.Value : node.ToString()));
        var sentence = Route().Replace(Blank().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim(), "");
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("#/components/responses/([a-z0-9-]+)")]
    private static partial Regex SharedResponse();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    /// <summary>The route stands beside it already.</summary>
    [GeneratedRegex(@"^(GET|POST|PUT|PATCH|DELETE)[^:]*: ")]
    private static partial Regex Route();

    [GeneratedRegex(@"(?<=\w)[.;:] ")]
    private static partial Regex SentenceEnd();
}
