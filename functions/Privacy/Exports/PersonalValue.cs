using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Privacy.Exports;

/// <param name="Classes">One, or those of the members of the JSON in it; empty when the data map does not know it.</param>
/// <param name="IsJson">Whether the text is JSON.</param>
public sealed record PersonalValue(string Name, ImmutableArray<DataClass> Classes, object? Stored, bool IsJson)
{
    /// <summary>The members of the JSON in it that say which member of staff did something: they are nobody's but theirs.</summary>
    public ImmutableArray<string> Hidden { get; init; } = [];

    /// <summary>All of it says which member of staff did something.</summary>
    public bool IsOfStaff => Classes is [DataClass.Staff];

    public JsonNode? ToJson() => Stored switch
    {
        null => null,
        // What is damaged is held as well, and shown as it is.
        string text => IsJson && StoredData.TryParse(text, out var parsed) ? WithoutHidden(parsed) : JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        DateTimeOffset time => JsonValue.Create(time),
        Guid id => JsonValue.Create(id),
        BinaryData bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        var other => throw new JsonException($"A stored {other.GetType().Name} cannot be written as JSON."),
    };

    private JsonNode? WithoutHidden(JsonNode? parsed)
    {
        var objects = parsed is JsonArray items ? items.OfType<JsonObject>() : [];
        foreach (var item in objects)
        {
            foreach (var member in Hidden) item.Remove(member);
        }

        return parsed;
    }
}
