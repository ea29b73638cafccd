using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Shop.Functions.Platform;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Exports;

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
        return new(place, row.RowKey, kind, [.. row.Where(property => property.Key != Tag).Select(property => ValueOf(kind, property.Key, property.Value)).Where(value => !value.IsOfStaff)]);
    }

    /// <returns>The value as it is stored; null when there is none.</returns>
    public string? Text(string name) => Stored(name) as string;

    public DateTimeOffset? Time(string name) => Stored(name) as DateTimeOffset?;

    public long? Number(string name) => Stored(name) as long?;

    /// <returns>The JSON that is stored there; a text where it is damaged.</returns>
    public JsonNode? Json(string name) => Values.FirstOrDefault(value => value.Name == name)?.ToJson();

    /// <returns>The objects of a list that is stored as JSON, in one property or in two; none of one that is damaged.</returns>
    public IEnumerable<JsonObject> List(string name) => Objects(name).Concat(Objects($"More{name}"));

    private IEnumerable<JsonObject> Objects(string name) => (Json(name) as JsonArray ?? []).OfType<JsonObject>();

    private object? Stored(string name) => Values.FirstOrDefault(value => value.Name == name)?.Stored;

    private static PersonalValue ValueOf(StoredRow? kind, string name, object? stored)
    {
        var known = kind?.Named(name).ToImmutableArray() ?? [];
        var isJson = known.Any(property => property.Name.Contains('.', StringComparison.Ordinal)) && stored is string;
        var ofStaff = known.Where(property => property.Class == DataClass.Staff).Select(property => property.Name).ToImmutableArray();
        return new(name, [.. known.Select(property => property.Class).Except(isJson ? [DataClass.Staff] : []).Distinct()], stored, isJson)
        {
            Hidden = isJson ? [.. ofStaff.Select(path => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..])] : [],
        };
    }
}
