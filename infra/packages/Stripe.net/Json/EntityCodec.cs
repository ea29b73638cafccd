using System.Text.Json;

namespace Stripe.Json;

/// <summary>An entity: known members by name, unknown ones skipped, the last of two with the same name kept.</summary>
internal class EntityCodec<T> : Codec<T>
    where T : StripeEntity
{
    // Found late, because entities refer to each other in circles.
    private MemberTable<T> members;

    private MemberTable<T> Members => members ??= new MemberTable<T>();

    public override T Read(ref Utf8JsonReader reader, byte[] source)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unfit(reader);
        }

        var table = Members;
        var start = (int)reader.TokenStartIndex;
        var entity = Activator.CreateInstance<T>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = table.Find(ref reader);
            reader.Read();
            if (member is null)
            {
                reader.Skip();
            }
            else
            {
                member.Read(entity, ref reader, source);
            }
        }

        if (table.KeepsSource)
        {
            entity.KeepSource(source.AsMemory(start, (int)reader.BytesConsumed - start));
        }

        return entity;
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var member in Members.All)
        {
            member.Write(value, writer);
        }

        writer.WriteEndObject();
    }
}

/// <summary>A reference: text is the id, an object is the expanded entity.</summary>
internal sealed class ExpandableCodec<T> : Codec<ExpandableField<T>>
    where T : IHasId
{
    private Codec<T> target;

    private Codec<T> Target => target ??= For<T>();

    public override ExpandableField<T> Read(ref Utf8JsonReader reader, byte[] source)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return new ExpandableField<T>();
            case JsonTokenType.String:
                return new ExpandableField<T> { Id = reader.GetString() };
            case JsonTokenType.StartObject:
                var start = reader;
                var entity = Target.Read(ref reader, source);
                return entity is null
                    ? new ExpandableField<T> { Id = JsonElement.ParseValue(ref start).GetProperty("id").GetString() }
                    : new ExpandableField<T> { ExpandedObject = entity };
            default:
                throw Unfit(reader);
        }
    }

    public override void Write(Utf8JsonWriter writer, ExpandableField<T> value)
    {
        if (value is { ExpandedObject: not null })
        {
            Target.Write(writer, value.ExpandedObject);
        }
        else
        {
            writer.WriteStringValue(value?.Id);
        }
    }
}
