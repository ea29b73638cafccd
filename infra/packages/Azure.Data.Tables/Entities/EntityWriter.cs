using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>Turns an entity into the JSON that the table service takes.</summary>
internal sealed class EntityWriter
{
    // Text is stored as sent: the default encoder would turn every quote and letter beyond ASCII into six bytes.
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly ConcurrentDictionary<string, JsonEncodedText> Annotations = new();

    private const int MostAnnotations = 1000;
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static EntityWriter _free;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private EntityWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <exception cref="NotSupportedException">A property has a type that the table service cannot store.</exception>
    public static byte[] ToJson(ITableEntity entity)
    {
        var writer = _free ?? new EntityWriter();
        _free = null;
        var json = writer.Write(entity);
        // A buffer that one large entity has grown is not kept for the life of the thread; nor is one left by an exception.
        if (writer._buffer.Capacity <= LargestKept) _free = writer;
        return json;
    }

    private byte[] Write(ITableEntity entity)
    {
        _json.WriteStartObject();
        if (entity is IDictionary<string, object> properties)
        {
            foreach (var (name, value) in properties) WriteProperty(name, value);
        }
        else
        {
            EntityBinder.Of(entity.GetType()).Write(_json, entity);
        }
        _json.WriteEndObject();
        _json.Flush();
        var json = _buffer.WrittenSpan.ToArray();
        _buffer.ResetWrittenCount();
        _json.Reset();
        return json;
    }

    private void WriteProperty(string name, object value)
    {
        if (value is null || name is TableEntity.EtagName or nameof(ITableEntity.Timestamp)) return;
        if (EdmTypeOf(value) is { } edm) _json.WriteString(AnnotationOf(name), edm);
        _json.WritePropertyName(name);
        WriteValue(value);
    }

    private static string EdmTypeOf(object value) => value switch
    {
        byte[] or BinaryData => Edm.Binary,
        long or ulong => Edm.Int64,
        double => Edm.Double,
        Guid => Edm.Guid,
        DateTimeOffset or DateTime => Edm.DateTime,
        Enum => throw new NotSupportedException("Enum values are only supported for custom model types implementing ITableEntity."),
        _ => null,
    };

    private void WriteValue(object value)
    {
        switch (value)
        {
            case string text: _json.WriteStringValue(text); break;
            case int number: _json.WriteNumberValue(number); break;
            case bool flag: _json.WriteBooleanValue(flag); break;
            case long number: _json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case ulong number: _json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number when !double.IsFinite(number):
                _json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number: _json.WriteNumberValue(number); break;
            case float number: _json.WriteNumberValue(number); break;
            case decimal number: _json.WriteNumberValue(number); break;
            case DateTimeOffset time: Edm.WriteTime(_json, time.UtcDateTime); break;
            case DateTime time: Edm.WriteTime(_json, Edm.AsUtc(time)); break;
            case TimeSpan span: _json.WriteStringValue(System.Xml.XmlConvert.ToString(span)); break;
            case Guid id: _json.WriteStringValue(id); break;
            case byte[] bytes: _json.WriteBase64StringValue(bytes); break;
            case BinaryData bytes: _json.WriteBase64StringValue(bytes.ToMemory().Span); break;
            default: throw new NotSupportedException($"Not supported type {value.GetType()}.");
        }
    }

    private static JsonEncodedText AnnotationOf(string name)
    {
        if (Annotations.TryGetValue(name, out var known)) return known;
        var annotation = JsonEncodedText.Encode(name + Edm.AnnotationSuffix, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        // Names made up at run time must not grow the cache for ever.
        if (Annotations.Count < MostAnnotations) Annotations.TryAdd(name, annotation);
        return annotation;
    }
}
