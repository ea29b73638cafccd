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
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static JsonTypeInfo<T> Type<T>(this JsonSerializerContext context) =>
        (JsonTypeInfo<T>)(context.GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not in {context.GetType()}."));
}
