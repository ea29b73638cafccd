using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>Type names and time format of OData, version 3, as the table service writes them.</summary>
internal static class Edm
{
    public const string Binary = "Edm.Binary";
    public const string DateTime = "Edm.DateTime";
    public const string Double = "Edm.Double";
    public const string Guid = "Edm.Guid";
    public const string Int64 = "Edm.Int64";
    public const string AnnotationSuffix = "@odata.type";

    public static DateTimeOffset ReadTime(ref Utf8JsonReader reader) =>
        reader.TryGetDateTimeOffset(out var time) ? time : ParseTime(reader.GetString());

    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>Always seven decimals and a Z, whatever the offset was: the service keeps instants, not offsets.</summary>
    public static void WriteTime(Utf8JsonWriter writer, DateTime utc)
    {
        Span<char> text = stackalloc char[32];
        utc.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    /// <exception cref="NotSupportedException">The time is local or of unknown kind.</exception>
    public static DateTime AsUtc(DateTime time) => time.Kind == DateTimeKind.Utc
        ? time
        : throw new NotSupportedException(
            $"DateTime {time} has a Kind of {time.Kind}. Azure SDK requires it to be UTC. Call DateTime.SpecifyKind to change Kind to UTC.");
}
