using System.Globalization;
using System.Text.Json;

namespace Stripe.Json;

internal sealed class StringCodec : Codec<string>
{
    public override string Read(ref Utf8JsonReader reader, byte[] source) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => throw Unfit(reader),
    };

    public override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}

internal sealed class Int64Codec : Codec<long>
{
    public override long Read(ref Utf8JsonReader reader, byte[] source) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw Unfit(reader);

    public override void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);
}

internal sealed class BooleanCodec : Codec<bool>
{
    public override bool Read(ref Utf8JsonReader reader, byte[] source) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unfit(reader),
    };

    public override void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
}

/// <summary>A number, or for the members that Stripe calls decimal strings, the same as text.</summary>
internal sealed class DecimalCodec(bool readsText) : Codec<decimal>
{
    public static readonly NullableCodec<decimal> TextOrNull = new(new DecimalCodec(readsText: true));

    public override decimal Read(ref Utf8JsonReader reader, byte[] source)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value))
        {
            return value;
        }

        // Text that is no number is a FormatException, as it is with the vendor, and no JsonException.
        return readsText && reader.TokenType == JsonTokenType.String
            ? decimal.Parse(reader.GetString(), CultureInfo.InvariantCulture)
            : throw Unfit(reader);
    }

    public override void Write(Utf8JsonWriter writer, decimal value)
    {
        if (readsText)
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}

/// <summary>Unix seconds, as a number or as digits in text; ISO 8601 does not fit.</summary>
internal sealed class UnixTimeCodec : Codec<DateTime>
{
    // One of Stripe's APIs sends milliseconds under the same name; anything past the year 2128 is taken as those.
    private const long LargestSeconds = 5_000_000_000;

    public override DateTime Read(ref Utf8JsonReader reader, byte[] source)
    {
        var fits = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out var number) ? (long?)number : null,
            JsonTokenType.String => long.TryParse(reader.GetString(), out var text) ? text : null,
            _ => null,
        };
        return fits switch
        {
            null or < 0 => throw Unfit(reader),
            > LargestSeconds => DateTime.UnixEpoch.AddMilliseconds(fits.Value),
            _ => DateTime.UnixEpoch.AddSeconds(fits.Value),
        };
    }

    public override void Write(Utf8JsonWriter writer, DateTime value)
    {
        var seconds = (long)(value.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        writer.WriteNumberValue(seconds >= 0 ? seconds : throw new JsonException("A time before 1970 has no JSON form."));
    }
}

internal sealed class NullableCodec<T>(Codec<T> inner) : Codec<T?>
    where T : struct
{
    public NullableCodec()
        : this(For<T>())
    {
    }

    public override T? Read(ref Utf8JsonReader reader, byte[] source) =>
        reader.TokenType == JsonTokenType.Null ? null : inner.Read(ref reader, source);

    public override void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is { } some)
        {
            inner.Write(writer, some);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
