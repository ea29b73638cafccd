using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Functions.Platform.Http;

/// <summary>How JSON is written and read at the edge: camelCase, strict, shallow.</summary>
public static class Json
{
    /// <summary>Options for a source-generated context: nothing unknown, nothing twice, nothing null that must not be.</summary>
    public static JsonSerializerOptions Strict() => new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new OffsetTimeConverter(), new ExactEnumConverter() },
        MaxDepth = 16,
    };

    /// <returns>What the API calls a value, for instance <c>needs_review</c>.</returns>
    public static string NameOf<T>(T value)
        where T : struct, Enum => NameOf(typeof(T), value.ToString());

    /// <returns>All that the API calls the values of an enum.</returns>
    public static IEnumerable<string> NamesOf(Type choices) => Enum.GetNames(choices).Select(name => NameOf(choices, name));

    /// <summary>One that was called otherwise before keeps its name, whatever it is called in the code.</summary>
    private static string NameOf(Type choices, string name) =>
        choices.GetField(name)!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static JsonTypeInfo<T> Type<T>(this JsonSerializerContext context) =>
        (JsonTypeInfo<T>)(context.GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not in {context.GetType()}."));
}
