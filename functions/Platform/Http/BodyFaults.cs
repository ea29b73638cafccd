using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Functions.Platform.Http;

/// <summary>
/// Everything that is wrong with a JSON body, by the member's path. The serializer stops at the first fault, so a body that it
/// refuses is walked along what its type says; what is right of it is read leniently, so that its values are checked as well.
/// </summary>
public sealed class BodyFaults
{
    private const int LongestName = 50;

    private static readonly ConcurrentDictionary<JsonSerializerOptions, JsonSerializerOptions> Lenient = [];

    private readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _choices = [];
    private bool _lacksAnswer;

    private BodyFaults() { }

    /// <param name="text">What the serializer has refused, UTF-8.</param>
    public static Problem Of<T>(ReadOnlyMemory<byte> text, JsonTypeInfo<T> type, Func<T, Problem?>? check)
        where T : class
    {
        var faults = new BodyFaults();
        JsonNode? right;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = type.Options.MaxDepth });
            right = faults.RightOf(document.RootElement, type, "");
        }
        catch (JsonException)
        {
            return Problem.Invalid(new Dictionary<string, string[]> { ["$"] = [WhyNotJson(text)] });
        }

        // A yes or no that is missing decides what else is asked for: nothing true can be said of the rest.
        var found = right is not null && !faults._lacksAnswer && check is not null ? faults.Check(right, type, check) : [];
        foreach (var (path, reason) in faults._faults) found.TryAdd(path, [reason]);
        return Problem.Invalid(found.Count > 0 ? found : new() { ["$"] = ["The value has the wrong type."] });
    }

    /// <summary>What is said of the values, except where there is none.</summary>
    private Dictionary<string, string[]> Check<T>(JsonNode right, JsonTypeInfo<T> type, Func<T, Problem?> check)
    {
        var lenient = (JsonTypeInfo<T>)Lenient.GetOrAdd(type.Options, AsLenient).GetTypeInfo(typeof(T));
        var said = right.Deserialize(lenient) is { } value ? check(value)?.Errors : null;
        return (said ?? new Dictionary<string, string[]>()).Where(error => !_faults.Keys.Any(path => !_choices.Contains(path) && IsAtOrBelow(error.Key, path))).ToDictionary();
    }

    private static JsonSerializerOptions AsLenient(JsonSerializerOptions strict) => new(strict)
    {
        RespectNullableAnnotations = false,
        RespectRequiredConstructorParameters = false,
        TypeInfoResolver = strict.TypeInfoResolver!.WithAddedModifier(type =>
        {
            foreach (var property in type.Properties) property.IsRequired = false;
        }),
    };

    /// <returns>What of the value can be read; null when nothing can.</returns>
    private JsonNode? RightOf(JsonElement value, JsonTypeInfo type, string path)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } inner) type = type.Options.GetTypeInfo(inner);
        return type.Kind switch
        {
            JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object => ObjectOf(value, type, path),
            JsonTypeInfoKind.Object => Add(path, "An object is needed here."),
            JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array => ListOf(value, type, path),
            JsonTypeInfoKind.Enumerable => Add(path, "A list is needed here."),
            _ => ValueOf(value, type, path),
        };
    }

    private JsonObject ObjectOf(JsonElement value, JsonTypeInfo type, string path)
    {
        var right = new JsonObject();
        var seen = new HashSet<JsonPropertyInfo>();
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member) is not { } name) Add(path, "The name of a member has half a character in it: a surrogate without its other half.");
            else if (type.Properties.FirstOrDefault(property => property.Name == name) is not { } property) Add(IsPlain(name) ? At(path, name) : path, "There is no such member.");
            else if (!seen.Add(property)) Add(At(path, name), "A member is there twice.");
            else if (member.Value.ValueKind == JsonValueKind.Null && !TakesNull(property)) Miss(property, At(path, name), "The value may not be null.");
            else if (member.Value.ValueKind == JsonValueKind.Null) right[name] = null;
            else if (RightOf(member.Value, type.Options.GetTypeInfo(property.PropertyType), At(path, name)) is { } read) right[name] = read;
        }

        foreach (var property in type.Properties.Where(property => property.IsRequired && !seen.Contains(property))) Miss(property, At(path, property.Name), "This is missing.");
        return right;
    }

    private JsonArray? ListOf(JsonElement value, JsonTypeInfo type, string path)
    {
        var items = value.EnumerateArray().Select((item, i) => RightOf(item, type.Options.GetTypeInfo(type.ElementType!), $"{path}[{i}]")).ToList();
        // Without one of them the others would be told by the wrong number.
        return items.Contains(null) ? null : new JsonArray([.. items]);
    }

    private JsonNode? ValueOf(JsonElement value, JsonTypeInfo type, string path)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String) value.GetString();
        }
        catch (InvalidOperationException)
        {
            return Add(path, "There is half a character in this: a surrogate without its other half.");
        }

        try
        {
            value.Deserialize(type);
            return JsonNode.Parse(value.GetRawText());
        }
        catch (JsonException)
        {
            if (type.Type.IsEnum) _choices.Add(path);
            _lacksAnswer |= type.Type == typeof(bool);
            return Add(path, WhatIsNeeded(type.Type));
        }
    }

    private void Miss(JsonPropertyInfo property, string path, string reason)
    {
        _lacksAnswer |= property.PropertyType == typeof(bool);
        Add(path, reason);
    }

    private JsonNode? Add(string path, string reason)
    {
        _faults.TryAdd(path.Length == 0 ? "$" : path, reason);
        return null;
    }

    private static bool TakesNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null || ReadsNull(property.Options.GetTypeInfo(property.PropertyType))
        : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private static bool ReadsNull(JsonTypeInfo type)
    {
        try
        {
            JsonSerializer.Deserialize("null", type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>What a value of this type is, for whoever has sent another.</returns>
    public static string WhatIsNeeded(Type type)
    {
        if (type.IsEnum) return $"One of: {string.Join(", ", Json.NamesOf(type))}.";
        if (type == typeof(DateTimeOffset)) return "A time with its offset is needed here, for instance 2026-11-29T10:00:00Z.";
        if (type == typeof(bool)) return "true or false is needed here.";
        if (type == typeof(int) || type == typeof(long)) return "A whole number is needed here.";
        return "A text is needed here.";
    }

    private static string WhyNotJson(ReadOnlyMemory<byte> text) => text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "The body is empty." : "This is not valid JSON, or it is nested too deeply.";

    /// <summary>A name is told again only where it looks like one: in its place may stand anything, and a log is no place for that.</summary>
    public static bool IsPlain(string name) => name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool IsAtOrBelow(string path, string other) =>
        path == other || (path.StartsWith(other, StringComparison.Ordinal) && path[other.Length] is '.' or '[');
}
