using System.Text.Json.Nodes;

namespace Shop.Functions.Tests.Description;

/// <summary>Bodies made of what the description says of a request: one that has all that it may have, one that has only what it must have, and those that its schema forbids.</summary>
internal static class GeneratedBodies
{
    /// <returns>Bodies for an operation; none for one that takes none.</returns>
    /// <param name="route">For instance <c>orders/{id}</c>.</param>
    public static IEnumerable<(string Body, bool IsAllowed)> Of(string verb, string route)
    {
        if (ApiContract.Document["paths"]![$"/{route}"]![verb.ToLowerInvariant()]!["requestBody"]?["content"]?["application/json"]?["schema"] is not { } stated) yield break;
        var schema = Resolved(stated);
        var whole = (JsonObject)Sample(schema, isWhole: true)!;
        yield return (whole.ToJsonString(), true);
        yield return (Sample(schema, isWhole: false)!.ToJsonString(), true);
        foreach (var spoilt in Spoilt(schema, whole)) yield return (spoilt.ToJsonString(), false);
    }

    /// <summary>The right one with one member spoilt, however deep it lies.</summary>
    private static IEnumerable<JsonObject> Spoilt(JsonObject schema, JsonObject right)
    {
        yield return With(right, "notThere", 1);
        foreach (var (name, stated) in schema["properties"]!.AsObject())
        {
            var member = Resolved(stated!);
            foreach (var wrong in Wrong(member)) yield return With(right, name, wrong);
            if (schema["required"] is JsonArray required && required.Any(known => known!.GetValue<string>() == name)) yield return With(right, name, null, isLeftOut: true);
            if (right[name] is JsonObject inner && member["properties"] is not null)
            {
                foreach (var spoilt in Spoilt(member, inner)) yield return With(right, name, spoilt);
            }
            else if (right[name] is JsonArray { Count: 1 } list && list[0] is JsonObject item && member["items"] is { } items)
            {
                foreach (var spoilt in Spoilt(Resolved(items), item)) yield return With(right, name, new JsonArray(spoilt));
            }
        }
    }

    /// <returns>Values of types that the schema does not take.</returns>
    private static IEnumerable<JsonNode?> Wrong(JsonObject schema)
    {
        var types = TypesOf(schema);
        if (!types.Contains("string")) yield return "text";
        else if (schema["enum"] is not null || schema["format"] is not null) yield return "no such word";
        if (!types.Contains("integer") && !types.Contains("number")) yield return 7;
        if (!types.Contains("array")) yield return new JsonArray();
        if (!types.Contains("object")) yield return new JsonObject();
        if (!types.Contains("boolean")) yield return true;
        if (!types.Contains("null")) yield return null;
    }

    private static List<string> TypesOf(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray choices) return [.. choices.SelectMany(choice => TypesOf(Resolved(choice!)))];
        var types = schema["type"] switch { JsonArray several => several.Select(one => one!.GetValue<string>()).ToList(), { } one => [one.GetValue<string>()], null => [] };
        if (schema["enum"] is not JsonArray values) return types;
        types.Add("string");
        if (values.Contains(null)) types.Add("null");
        return types;
    }

    private static JsonNode? Sample(JsonObject schema, bool isWhole)
    {
        if (schema["anyOf"] is JsonArray choices) return Sample(Resolved(choices[0]!), isWhole);
        if (schema["enum"] is JsonArray values) return values[0]!.DeepClone();
        var type = TypesOf(schema)[0];
        if (type == "array") return new JsonArray(Sample(Resolved(schema["items"]!), isWhole));
        if (type != "object") return type switch { "integer" or "number" => 1, "boolean" => true, _ => schema["format"] is null ? "GB" : "2026-11-29T10:00:00Z" };
        var required = schema["required"] is JsonArray named ? named.Select(name => name!.GetValue<string>()).ToList() : [];
        return new JsonObject(
            from member in schema["properties"]!.AsObject()
            where isWhole || required.Contains(member.Key)
            select KeyValuePair.Create(member.Key, Sample(Resolved(member.Value!), isWhole)));
    }

    private static JsonObject With(JsonObject right, string name, JsonNode? value, bool isLeftOut = false)
    {
        var changed = right.DeepClone().AsObject();
        changed.Remove(name);
        if (!isLeftOut) changed[name] = value;
        return changed;
    }

    private static JsonObject Resolved(JsonNode schema) =>
        schema["$ref"] is { } name ? ApiContract.Document["components"]!["schemas"]![name.GetValue<string>().Split('/')[^1]]!.AsObject() : schema.AsObject();
}
