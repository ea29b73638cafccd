using System.Text.Json;

namespace Azure.Data.Tables.Entities;

internal sealed class BytesConverter : ValueConverter<byte[]>
{
    public override string EdmType => Edm.Binary;

    public override bool TryRead(ref Utf8JsonReader reader, out byte[] value)
    {
        value = reader.GetBytesFromBase64();
        return true;
    }

    public override void Write(Utf8JsonWriter writer, byte[] value) => writer.WriteBase64StringValue(value);
}

internal sealed class BinaryDataConverter : ValueConverter<BinaryData>
{
    public override string EdmType => Edm.Binary;

    public override bool TryRead(ref Utf8JsonReader reader, out BinaryData value)
    {
        value = new BinaryData(reader.GetBytesFromBase64());
        return true;
    }

    public override void Write(Utf8JsonWriter writer, BinaryData value) => writer.WriteBase64StringValue(value.ToMemory().Span);
}
