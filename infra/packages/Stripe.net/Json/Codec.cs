using System.Collections.Concurrent;
using System.Text.Json;

namespace Stripe.Json;

/// <summary>
/// Reads and writes one type of value. A codec reads straight from the UTF-8 text (<c>source</c>, which the reader
/// covers from its first byte), so that an event costs one pass and entities can keep slices of that text.
/// </summary>
internal abstract class Codec
{
    private static readonly ConcurrentDictionary<Type, Codec> Known = new()
    {
        [typeof(string)] = new StringCodec(),
        [typeof(long)] = new Int64Codec(),
        [typeof(bool)] = new BooleanCodec(),
        [typeof(DateTime)] = new UnixTimeCodec(),
        [typeof(decimal)] = new DecimalCodec(readsText: false),
        [typeof(EventData)] = new EventDataCodec(),
        [typeof(EventRequest)] = new EventRequestCodec(),
    };

    public static Codec<T> For<T>() => (Codec<T>)For(typeof(T));

    public static Codec For(Type type) => Known.TryGetValue(type, out var codec) ? codec : Known.GetOrAdd(type, Make);

    public abstract object ReadObject(ref Utf8JsonReader reader, byte[] source);

    private static Codec Make(Type type)
    {
        var (definition, argument) = type switch
        {
            _ when Nullable.GetUnderlyingType(type) is { } inner => (typeof(NullableCodec<>), inner),
            _ when IsGeneric(type, typeof(Dictionary<,>)) => (typeof(MapCodec<>), type.GetGenericArguments()[1]),
            _ when IsGeneric(type, typeof(List<>)) => (typeof(ListCodec<>), type.GetGenericArguments()[0]),
            _ when IsGeneric(type, typeof(ExpandableField<>)) => (typeof(ExpandableCodec<>), type.GetGenericArguments()[0]),
            { IsInterface: true } => (typeof(ObjectCodec<>), type),
            _ when typeof(StripeEntity).IsAssignableFrom(type) => (typeof(EntityCodec<>), type),
            _ => throw new NotSupportedException($"No JSON form is known for {type}."),
        };
        return (Codec)Activator.CreateInstance(definition.MakeGenericType(argument));
    }

    private static bool IsGeneric(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    protected static JsonException Unfit(in Utf8JsonReader reader, Type type) =>
        new($"A JSON {reader.TokenType} at byte {reader.TokenStartIndex} does not fit {type}.");
}

/// <inheritdoc/>
internal abstract class Codec<T> : Codec
{
    /// <summary>Reads the value whose first token the reader stands on, and leaves it on the value's last token.</summary>
    /// <exception cref="JsonException">The value does not fit.</exception>
    public abstract T Read(ref Utf8JsonReader reader, byte[] source);

    public abstract void Write(Utf8JsonWriter writer, T value);

    public override object ReadObject(ref Utf8JsonReader reader, byte[] source) => Read(ref reader, source);

    protected static JsonException Unfit(in Utf8JsonReader reader) => Unfit(reader, typeof(T));
}
