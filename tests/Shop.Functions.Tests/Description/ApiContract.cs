using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Shop.Functions.Tests.Description;

/// <summary>Holds answers against the published description.</summary>
internal static partial class ApiContract
{
    /// <summary>The description, for reading only.</summary>
    internal static readonly JsonObject Document = JsonNode.Parse(ApiDocument.Text)!.AsObject();

    private static readonly List<(Regex Path, JsonObject Operations)> Paths =
    [
        .. Document["paths"]!.AsObject().Select(path => (
            new Regex($"^/api{Placeholder().Replace(path.Key, "[^/]+")}$", RegexOptions.IgnoreCase), path.Value!.AsObject(), path.Key.Count(sign => sign == '{')))
            // A place that is named goes before one that stands for any.
            .OrderBy(path => path.Item3).Select(path => (path.Item1, path.Item2)),
    ];

    /// <returns>What the answer has that is not described, or the other way round; null when all is as it says.</returns>
    public static async Task<string?> DifferenceAsync(HttpResponseMessage answer)
    {
        var request = answer.RequestMessage!;
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath} → {(int)answer.StatusCode}";
        var path = Paths.FirstOrDefault(known => known.Path.IsMatch(request.RequestUri.AbsolutePath) && known.Operations[request.Method.Method.ToLowerInvariant()] is not null);
        if (path.Operations is null) return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed || request.Method == HttpMethod.Options ? null : $"{what}: it is not described";
        var responses = path.Operations[request.Method.Method.ToLowerInvariant()]!["responses"]!.AsObject();
        var isError = (int)answer.StatusCode >= 400;
        if ((responses[$"{(int)answer.StatusCode}"] ?? (isError ? responses["default"] : null)) is not JsonObject stated) return $"{what}: this status is not described";

        var described = stated["$ref"] is { } shared ? Document["components"]!["responses"]![shared.GetValue<string>().Split('/')[^1]]!.AsObject() : stated;
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (described["content"] is not JsonObject content) return type is null ? null : $"{what}: it has a body, {type}";
        if (type is null || content[type] is not JsonObject media) return $"{what}: {type ?? "nothing"} is not described";
        if (!type.EndsWith("json", StringComparison.Ordinal)) return null;
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var found = SchemaOf(media["schema"]!).Evaluate(body.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return found.IsValid ? null : $"{what}: {string.Join("; ", (found.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).SelectMany(detail => detail.Errors!.Values.Select(error => $"{detail.InstanceLocation} {error}")).Take(5))}";
    }

    /// <summary>Here nothing more may be in an answer than is described; clients must expect that there will be.</summary>
    private static JsonSchema SchemaOf(JsonNode schema)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = Document["components"]!["schemas"]!.DeepClone();
        foreach (var (_, known) in whole["$defs"]!.AsObject()) if (known is JsonObject { } one && one["properties"] is not null) one["additionalProperties"] ??= false;
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
