using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>Turns the table service's JSON into entities.</summary>
internal static class EntityReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    public static T ReadOne<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return Read<T>(ref reader);
    }

    /// <summary>The <c>value</c> array of a query's answer.</summary>
    public static List<T> ReadMany<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        var rows = new List<T>();
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isValue) reader.Skip();
            else while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) rows.Add(Read<T>(ref reader));
        }
        return rows;
    }

    private static T Read<T>(ref Utf8JsonReader reader)
        where T : class, ITableEntity
    {
        var entity = Activator.CreateInstance<T>();
        if (entity is IDictionary<string, object> properties) ReadInto(ref reader, properties);
        else EntityBinder.Of(typeof(T)).Read(ref reader, entity);
        return entity;
    }

    private static void ReadInto(ref Utf8JsonReader reader, IDictionary<string, object> properties)
    {
        // An annotation normally stands right before its value; one that stands elsewhere is applied at the end.
        string pendingName = null, pendingType = null;
        List<(string Name, string Type)> late = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == "odata.metadata") reader.Skip();
            else if (name.EndsWith(Edm.AnnotationSuffix, StringComparison.Ordinal))
            {
                if (pendingName is not null) (late ??= []).Add((pendingName, pendingType));
                (pendingName, pendingType) = (name[..^Edm.AnnotationSuffix.Length], reader.GetString());
            }
            else if (name == pendingName)
            {
                properties[name] = ReadAs(ref reader, pendingType);
                pendingName = null;
            }
            else properties[name] = name == nameof(ITableEntity.Timestamp) ? ReadAs(ref reader, Edm.DateTime) : ReadPlain(ref reader);
        }
        if (pendingName is not null) (late ??= []).Add((pendingName, pendingType));
        if (late is null) return;
        foreach (var (name, type) in late)
        {
            if (properties.TryGetValue(name, out var value) && value is string text) properties[name] = Convert(text, type);
            else if (value is int number && type == Edm.Double) properties[name] = (double)number;
        }
    }

    private static object ReadPlain(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Number when reader.TryGetInt32(out var number): return number;
            case JsonTokenType.Number when reader.TryGetInt64(out var number): return number;
            case JsonTokenType.Number: return reader.GetDouble();
            case JsonTokenType.Null: return null;
            default: throw new NotSupportedException($"A row holds JSON of kind {reader.TokenType}.");
        }
    }

    private static object ReadAs(ref Utf8JsonReader reader, string type) => (type, reader.TokenType) switch
    {
        (_, JsonTokenType.Null) => null,
        (Edm.DateTime, JsonTokenType.String) => Edm.ReadTime(ref reader),
        (Edm.Guid, JsonTokenType.String) when reader.TryGetGuid(out var id) => id,
        (Edm.Binary, JsonTokenType.String) => reader.GetBytesFromBase64(),
        (Edm.Double, JsonTokenType.Number) => reader.GetDouble(),
        (Edm.Int64, JsonTokenType.Number) => reader.GetInt64(),
        (_, JsonTokenType.String) => Convert(reader.GetString(), type),
        _ => ReadPlain(ref reader),
    };

    private static object Convert(string text, string type) => type switch
    {
        Edm.Binary => System.Convert.FromBase64String(text),
        Edm.DateTime => Edm.ParseTime(text),
        Edm.Guid => Guid.Parse(text),
        Edm.Int64 => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        Edm.Double => double.Parse(text, CultureInfo.InvariantCulture),
        "Edm.String" => text,
        _ => throw new NotSupportedException($"Not supported type {type}."),
    };
}
