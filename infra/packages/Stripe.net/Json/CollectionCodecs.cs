using System.Text.Json;

namespace Stripe.Json;

internal sealed class ListCodec<T> : Codec<List<T>>
{
    private readonly Codec<T> item = For<T>();

    public override List<T> Read(ref Utf8JsonReader reader, byte[] source)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unfit(reader);
        }

        var list = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(item.Read(ref reader, source));
        }

        return list;
    }

    public override void Write(Utf8JsonWriter writer, List<T> value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var each in value)
        {
            item.Write(writer, each);
        }

        writer.WriteEndArray();
    }
}

internal sealed class MapCodec<T> : Codec<Dictionary<string, T>>
{
    private readonly Codec<T> item = For<T>();

    public override Dictionary<string, T> Read(ref Utf8JsonReader reader, byte[] source)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unfit(reader);
        }

        var map = new Dictionary<string, T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString();
            reader.Read();
            map[key] = item.Read(ref reader, source);
        }

        return map;
    }

    public override void Write(Utf8JsonWriter writer, Dictionary<string, T> value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, each) in value)
        {
            writer.WritePropertyName(key);
            item.Write(writer, each);
        }

        writer.WriteEndObject();
    }
}
