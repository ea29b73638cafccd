using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Shop.Functions.Accounts;

namespace Shop.Functions.Tests.Description;

/// <summary>The JSON Schemas of what is read and written, as the serializer has them: one by name for each type.</summary>
internal sealed class ApiSchemas
{
    private static readonly JsonSerializerOptions Options = OptionsOf(Functions.Platform.Http.Json.Strict());

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    public JsonObject All => [.. _schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone()))];

    /// <param name="isRead">Whether the app reads it: then nothing else may be in it, and what may be null may be sent as null. What the app writes leaves nulls out, and may have more another day.</param>
    /// <returns>A reference to it.</returns>
    public JsonNode Of(Type type, bool isRead)
    {
        var name = NameOf(type) + (isRead && !IsInput(type) ? "Input" : "");
        if (!_schemas.ContainsKey(name))
        {
            // Before what is in it, which may be of the same type.
            _schemas[name] = true;
            _schemas[name] = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => Transform(context, schema, isRead) });
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, bool isRead)
    {
        if (context.TypeInfo.Type == typeof(PatchText)) return new JsonObject { ["type"] = new JsonArray("string", "null") };
        // Anything at all: what this library writes as true, not every reader takes.
        if (schema is not JsonObject known) return new JsonObject();
        var isNullable = known["type"] is JsonArray types && types.Any(type => type?.GetValue<string>() == "null");
        if (!isRead && isNullable && context.PropertyInfo is not null) WithoutNull(known);
        if (context.TypeInfo.Kind != JsonTypeInfoKind.Object) return known;
        if (!context.Path.IsEmpty)
        {
            var reference = Of(Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type, isRead);
            return isRead && isNullable ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
        }

        known["type"] = "object";
        if (!isRead)
        {
            known.Remove("additionalProperties");
            RequireWhatIsWritten(context.TypeInfo, known);
        }

        return known;
    }

    /// <summary>Of converters of the app's own this library can tell nothing; with its own it tells what they take.</summary>
    private static JsonSerializerOptions OptionsOf(JsonSerializerOptions strict)
    {
        var options = new JsonSerializerOptions(strict) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        options.Converters.Clear();
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }

    /// <summary>What may be null is left out then, and the rest is always there.</summary>
    private static void RequireWhatIsWritten(JsonTypeInfo type, JsonObject schema)
    {
        var always = type.Properties.Where(property => property.Get is not null && !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null).Select(property => property.Name).ToList();
        if (always.Count > 0) schema["required"] = new JsonArray([.. always.Select(name => (JsonNode)name)]);
        else schema.Remove("required");
    }

    private static void WithoutNull(JsonObject schema)
    {
        var left = ((JsonArray)schema["type"]!).Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList();
        schema["type"] = left is [var one] ? one : new JsonArray([.. left.Select(type => (JsonNode)type)]);
        if (schema["enum"] is JsonArray values) schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
    }

    /// <summary>What is named as a request is read and nothing else: it needs no other name.</summary>
    private static bool IsInput(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal) || type.DeclaringType?.Name.EndsWith("Request", StringComparison.Ordinal) == true;

    private static string NameOf(Type type)
    {
        var name = (type.DeclaringType is { } outer ? NameOf(outer) : "") + type.Name.Split('`')[0];
        return type.IsGenericType ? name + string.Concat(type.GetGenericArguments().Select(NameOf)) : name;
    }
}
