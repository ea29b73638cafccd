using System.Text.Json;

namespace Stripe.Json;

/// <summary>The <c>data</c> of an event, which keeps the raw object for kinds that have no class.</summary>
internal sealed class EventDataCodec : Codec<EventData>
{
    private readonly Codec<IHasObject> objects = new ObjectCodec<IHasObject>();

    public override EventData Read(ref Utf8JsonReader reader, byte[] source)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unfit(reader);
        }

        var data = new EventData();
        ReadOnlyMemory<byte> current = default, previous = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isObject = reader.ValueTextEquals("object"u8);
            var isPrevious = !isObject && reader.ValueTextEquals("previous_attributes"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isObject)
            {
                data.Object = objects.Read(ref reader, source);
                current = source.AsMemory(start, (int)reader.BytesConsumed - start);
            }
            else
            {
                reader.Skip();
                previous = isPrevious ? source.AsMemory(start, (int)reader.BytesConsumed - start) : previous;
            }
        }

        data.KeepRaw(current, previous);
        return data;
    }

    public override void Write(Utf8JsonWriter writer, EventData value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("object"u8);
        objects.Write(writer, value.Object);
        writer.WriteEndObject();
    }
}

/// <summary>API versions before 2017-05-25 sent the bare request id.</summary>
internal sealed class EventRequestCodec : EntityCodec<EventRequest>
{
    public override EventRequest Read(ref Utf8JsonReader reader, byte[] source)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
        {
            throw new InvalidOperationException("The request of an event is neither an object nor the text of old API versions.");
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return base.Read(ref reader, source);
        }

        var id = reader.GetString();
        var request = new EventRequest { Id = id };
        request.KeepSource(JsonSerializer.SerializeToUtf8Bytes(new { id, idempotency_key = (string)null }));
        return request;
    }
}
