using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Copies;

/// <summary>A stored row about a person, whole: whatever is stored is in it, also what a later version adds.</summary>
/// <param name="Place">The table.</param>
/// <param name="Kind">What the data map knows of such rows.</param>
public sealed record PersonalRow(string Place, string Key, StoredRow? Kind, ImmutableArray<PersonalValue> Values)
{
    /// <summary>The tag is storage's own and says nothing.</summary>
    private const string Tag = "odata.etag";

    public static PersonalRow Of(DataMap map, string place, TableEntity row)
    {
        var kind = map.Find(place, row.RowKey);
        return new(place, row.RowKey, kind, [.. row.Where(property => property.Key != Tag).Select(property => ValueOf(kind, property.Key, property.Value))]);
    }

    /// <returns>The value as it is stored; null when there is none.</returns>
    public string? Text(string name) => Values.FirstOrDefault(value => value.Name == name)?.Stored as string;

    private static PersonalValue ValueOf(StoredRow? kind, string name, object? stored)
    {
        var known = kind?.Named(name).ToImmutableArray() ?? [];
        var isJson = known.Any(property => property.Name.Contains('.', StringComparison.Ordinal)) && stored is string;
        return new(name, [.. known.Select(property => property.Class).Distinct()], stored, isJson);
    }
}

/// <param name="Classes">One, or those of the members of the JSON in it; empty when the data map does not know it.</param>
/// <param name="IsJson">Whether the text is JSON.</param>
public sealed record PersonalValue(string Name, ImmutableArray<DataClass> Classes, object? Stored, bool IsJson)
{
    public JsonNode? ToJson() => Stored switch
    {
        null => null,
        string text => IsJson ? JsonNode.Parse(text) : JsonValue.Create(text),
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
}
