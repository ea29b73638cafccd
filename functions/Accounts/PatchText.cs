using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Functions.Accounts;

/// <summary>A member of a partial change: given (perhaps as null) or left out.</summary>
[JsonConverter(typeof(PatchTextConverter))]
public readonly record struct PatchText(bool IsGiven, string? Value);

internal sealed class PatchTextConverter : JsonConverter<PatchText>
{
    public override bool HandleNull => true;

    public override PatchText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => new(true, null),
        JsonTokenType.String => new(true, reader.GetString()),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, PatchText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
