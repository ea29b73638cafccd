using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stripe.Json;

/// <summary>Hands System.Text.Json's calls to the codecs, so that entities can stand anywhere in other people's JSON.</summary>
internal sealed class CodecConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EntityJson.Parse<T>(EntityJson.Encode(JsonElement.ParseValue(ref reader).GetRawText()), options.MaxDepth);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        Codec.For<T>().Write(writer, value);
}

internal abstract class CodecConverterFactory : JsonConverterFactory
{
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(CodecConverter<>).MakeGenericType(typeToConvert));
}

internal sealed class EntityConverterFactory : CodecConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(StripeEntity).IsAssignableFrom(typeToConvert);
}

internal sealed class ObjectConverterFactory : CodecConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsInterface;
}

internal sealed class ExpandableConverterFactory : CodecConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(IExpandableField).IsAssignableFrom(typeToConvert);
}
