using System.Collections.Immutable;
using System.Text;
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
        string text => IsJson ? OfText(text) : JsonValue.Create(text),
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

    /// <summary>What is damaged is held as well, and shown as it is, but for what may say who of the staff it was.</summary>
    private JsonNode? OfText(string text)
    {
        var isRead = StoredData.TryParse(text, out var parsed) && (Hidden.IsEmpty || parsed is JsonArray or JsonObject);
        if (!isRead && Hidden.IsEmpty) return JsonValue.Create(text);
        var shown = isRead ? parsed : WholeItemsOf(text);
        Hide(shown);
        if (!isRead) ((JsonArray)shown!).Add((JsonNode)"The rest is damaged and cannot be read.");
        return shown;
    }

    private void Hide(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Hide(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var hidden in Hidden) members.Remove(hidden);
            foreach (var (_, value) in members) Hide(value);
        }
    }

    /// <returns>The objects of a list that stand before its damage.</returns>
    private static JsonArray WholeItemsOf(string text)
    {
        var whole = new JsonArray();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return whole;
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) whole.Add(JsonNode.Parse(ref reader));
        }
        catch (JsonException)
        {
            // Here the damage begins.
        }

        return whole;
    }
}
