using System.Globalization;
using System.Text;
using System.Xml;

namespace Azure.Data.Tables.Filters;

/// <summary>Values as the table service's filters spell them (REST reference, Querying tables and entities).</summary>
internal static class ODataLiteral
{
    /// <exception cref="ArgumentException">The value's type has no literal.</exception>
    public static string Of(object value) => value switch
    {
        null => "null",
        string text => Quoted(text),
        char letter => Quoted(letter.ToString()),
        StringBuilder text => Quoted(text.ToString()),
        bool flag => flag ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or decimal or float or double =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        long or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture) + "L",
        Guid id => $"guid'{id}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexString(bytes.ToMemory().Span)}'",
        DateTimeOffset time => Time(time.UtcDateTime),
        DateTime time => Time(time.ToUniversalTime()),
        _ => throw new ArgumentException($"A value of type {value.GetType()} has no OData literal."),
    };

    /// <summary>An interpolated string whose holes are filled with literals, so that no value can change the filter.</summary>
    public static string Fill(FormattableString filter)
    {
        if (filter is null) return null;
        var literals = Array.ConvertAll(filter.GetArguments(), Of);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Time(DateTime utc) => $"datetime'{XmlConvert.ToString(utc, XmlDateTimeSerializationMode.RoundtripKind)}'";
}
