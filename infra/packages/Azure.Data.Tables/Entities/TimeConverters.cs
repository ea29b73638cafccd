using System.Text.Json;
using System.Xml;

namespace Azure.Data.Tables.Entities;

internal sealed class DateTimeOffsetConverter : ValueConverter<DateTimeOffset>
{
    public override string EdmType => Edm.DateTime;

    public override bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset value)
    {
        value = Edm.ReadTime(ref reader);
        return true;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value) => Edm.WriteTime(writer, value.UtcDateTime);
}

internal sealed class DateTimeConverter : ValueConverter<DateTime>
{
    public override string EdmType => Edm.DateTime;

    public override bool TryRead(ref Utf8JsonReader reader, out DateTime value)
    {
        value = Edm.ReadTime(ref reader).UtcDateTime;
        return true;
    }

    public override void Write(Utf8JsonWriter writer, DateTime value) => Edm.WriteTime(writer, Edm.AsUtc(value));
}

internal sealed class TimeSpanConverter : ValueConverter<TimeSpan>
{
    public override bool TryRead(ref Utf8JsonReader reader, out TimeSpan value)
    {
        value = XmlConvert.ToTimeSpan(reader.GetString());
        return true;
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value) => writer.WriteStringValue(XmlConvert.ToString(value));
}
