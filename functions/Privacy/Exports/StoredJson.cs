using System.Text.Json.Nodes;

namespace Shop.Functions.Privacy.Exports;

/// <summary>Members of stored JSON, which may be damaged: what is not as it should be is not there.</summary>
internal static class StoredJson
{
    public static string? Text(this JsonObject item, string name) => item[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Number(this JsonObject item, string name) => item[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static DateTimeOffset? Time(this JsonObject item, string name) => item[name] is JsonValue value && value.TryGetValue<DateTimeOffset>(out var time) ? time : null;
}
