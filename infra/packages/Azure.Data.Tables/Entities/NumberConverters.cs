using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

internal sealed class Int32Converter : ValueConverter<int>
{
    public override bool TryRead(ref Utf8JsonReader reader, out int value)
    {
        value = reader.GetInt32();
        return true;
    }

    public override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);
}

internal sealed class Int64Converter : ValueConverter<long>
{
    public override string EdmType => Edm.Int64;

    public override bool TryRead(ref Utf8JsonReader reader, out long value)
    {
        value = reader.TokenType == JsonTokenType.Number
            ? reader.GetInt64()
            : long.Parse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return true;
    }

    public override void Write(Utf8JsonWriter writer, long value)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out var length);
        writer.WriteStringValue(text[..length]);
    }
}

internal sealed class UInt64Converter : ValueConverter<ulong>
{
    public override string EdmType => Edm.Int64;

    public override bool TryRead(ref Utf8JsonReader reader, out ulong value)
    {
        value = reader.TokenType == JsonTokenType.Number
            ? reader.GetUInt64()
            : ulong.Parse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    public override void Write(Utf8JsonWriter writer, ulong value) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}

internal sealed class DoubleConverter : ValueConverter<double>
{
    public override string EdmType => Edm.Double;

    public override bool TryRead(ref Utf8JsonReader reader, out double value)
    {
        // NaN and the infinities come as strings.
        value = reader.TokenType == JsonTokenType.Number
            ? reader.GetDouble()
            : double.Parse(reader.GetString(), CultureInfo.InvariantCulture);
        return true;
    }

    public override void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
