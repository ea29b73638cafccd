using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>
/// What is stored about whom: one reflection over the <see cref="StoredAttribute"/> and <see cref="DataClassAttribute"/> of
/// every stored type. Export, erasure, purge, the register of processors and the published map all ask this.
/// </summary>
public sealed class DataMap
{
    private DataMap(ImmutableArray<StoredRow> rows, ImmutableArray<string> gaps) => (Rows, Gaps) = (rows, gaps);

    /// <summary>The map of this app.</summary>
    public static DataMap OfShop { get; } = Of(typeof(DataMap).Assembly.GetTypes());

    /// <summary>Every kind of row and message, by place and row.</summary>
    public ImmutableArray<StoredRow> Rows { get; }

    /// <summary>Stored types without a place and stored properties without a class: a test fails while there are any.</summary>
    public ImmutableArray<string> Gaps { get; }

    public static DataMap Of(IEnumerable<Type> types)
    {
        var rows = new List<StoredRow>();
        var gaps = new List<string>();
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            if (type.GetCustomAttribute<StoredAttribute>() is { } stored)
                rows.Add(new(stored.Place, stored.Row, stored.Subject, type, [.. PropertiesOf(type, "", null, IsMessage(type), gaps)]));
            else if (type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(ITableEntity)))
                gaps.Add($"{type.Name} does not state where it is stored");
        }

        return new(
            [.. rows.OrderBy(row => row.Place, StringComparer.Ordinal).ThenBy(row => row.Row, StringComparer.Ordinal)],
            [.. gaps]);
    }

    /// <returns>The kind of a stored row, or null when the map has none for it.</returns>
    public StoredRow? Find(string place, string rowKey) =>
        Rows.Where(row => row.Place == place && Fits(row.Row, rowKey)).MaxBy(row => row.Row.Length);

    /// <param name="outer">The class of the property this JSON is in: its members hold the same unless they state another.</param>
    private static IEnumerable<StoredProperty> PropertiesOf(Type type, string path, DataClass? outer, bool isJson, List<string> gaps)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
        {
            if (!IsStored(property, isJson)) continue;
            var stated = property.GetCustomAttribute<DataClassAttribute>();
            var name = path + NameOf(property, stated, isJson);
            if ((stated?.DataClass ?? outer) is not { } dataClass)
            {
                gaps.Add($"{type.Name}.{property.Name} states no data class");
                continue;
            }

            if (InsideOf(property, stated) is var (inside, isList) && inside is not null)
            {
                foreach (var member in PropertiesOf(inside, name + (isList ? "[]." : "."), dataClass, isJson: true, gaps)) yield return member;
            }
            else yield return new(name, dataClass);
        }
    }

    /// <summary>
    /// A static class names the columns of its row. Of an entity everything is stored that can be read, of JSON what can
    /// be set as well: that is what the two serializers do.
    /// </summary>
    private static bool IsStored(PropertyInfo property, bool isJson) =>
        property.IsDefined(typeof(DataClassAttribute))
        || (property is { GetMethod: { IsPublic: true, IsStatic: false } }
            && property.GetIndexParameters().Length == 0
            && (isJson ? property.CanWrite && !property.IsDefined(typeof(JsonIgnoreAttribute)) : !property.IsDefined(typeof(IgnoreDataMemberAttribute))));

    /// <summary>A row of a table is an entity, or a static class that names its columns; the rest is JSON on a queue.</summary>
    private static bool IsMessage(Type type) => !type.IsAssignableTo(typeof(ITableEntity)) && type is not { IsAbstract: true, IsSealed: true };

    private static string NameOf(PropertyInfo property, DataClassAttribute? stated, bool isJson) =>
        stated?.Name
        ?? (isJson ? JsonNamingPolicy.CamelCase.ConvertName(property.Name) : property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name);

    /// <summary>What is inside a property: stated for JSON in a string; plain to see for a member that is an object or a list of objects.</summary>
    private static (Type? Type, bool IsList) InsideOf(PropertyInfo property, DataClassAttribute? stated)
    {
        if (stated?.ListOf is { } listed) return (listed, true);
        if (stated?.JsonOf is { } json) return (json, false);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsGenericType && type.GetGenericArguments() is [var element] && IsObject(element)) return (element, true);
        return IsObject(type) ? (type, false) : (null, false);
    }

    private static bool IsObject(Type type) => type.Assembly == typeof(DataMap).Assembly && !type.IsEnum;

    private static bool Fits(string pattern, string rowKey) =>
        pattern.EndsWith('*') ? rowKey.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == rowKey;
}
