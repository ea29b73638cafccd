using System.Collections.Frozen;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>How one .NET type stands in a row's JSON (OData minimal metadata).</summary>
internal abstract class ValueConverter<T>
{
    /// <summary>Written beside the value where JSON alone does not tell the type; null where it does.</summary>
    public virtual string EdmType => null;

    public virtual bool IsNull(T value) => value is null;

    /// <returns>False leaves the property as it is.</returns>
    public abstract bool TryRead(ref Utf8JsonReader reader, out T value);

    public abstract void Write(Utf8JsonWriter writer, T value);
}

internal static class ValueConverter
{
    public static ValueConverter<T> For<T>() => (ValueConverter<T>)For(typeof(T));

    private static object For(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Create(typeof(NullableConverter<>), inner);
        if (type.IsEnum) return Create(typeof(EnumConverter<>), type);
        if (type == typeof(string)) return new StringConverter();
        if (type == typeof(int)) return new Int32Converter();
        if (type == typeof(long)) return new Int64Converter();
        if (type == typeof(ulong)) return new UInt64Converter();
        if (type == typeof(bool)) return new BooleanConverter();
        if (type == typeof(double)) return new DoubleConverter();
        if (type == typeof(Guid)) return new GuidConverter();
        if (type == typeof(DateTimeOffset)) return new DateTimeOffsetConverter();
        if (type == typeof(DateTime)) return new DateTimeConverter();
        if (type == typeof(TimeSpan)) return new TimeSpanConverter();
        if (type == typeof(byte[])) return new BytesConverter();
        if (type == typeof(BinaryData)) return new BinaryDataConverter();
        if (type == typeof(ETag)) return new ETagConverter();
        return Create(typeof(UnsupportedConverter<>), type);
    }

    private static object Create(Type converter, Type argument) => Activator.CreateInstance(converter.MakeGenericType(argument));
}

internal sealed class StringConverter : ValueConverter<string>
{
    public override bool TryRead(ref Utf8JsonReader reader, out string value)
    {
        value = reader.GetString();
        return true;
    }

    public override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}

internal sealed class BooleanConverter : ValueConverter<bool>
{
    public override bool TryRead(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.GetBoolean();
        return true;
    }

    public override void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
}

internal sealed class GuidConverter : ValueConverter<Guid>
{
    public override string EdmType => Edm.Guid;

    public override bool TryRead(ref Utf8JsonReader reader, out Guid value)
    {
        value = reader.TryGetGuid(out var guid) ? guid : Guid.Parse(reader.GetString());
        return true;
    }

    public override void Write(Utf8JsonWriter writer, Guid value) => writer.WriteStringValue(value);
}

internal sealed class ETagConverter : ValueConverter<ETag>
{
    public override bool TryRead(ref Utf8JsonReader reader, out ETag value)
    {
        value = new ETag(reader.GetString());
        return true;
    }

    public override void Write(Utf8JsonWriter writer, ETag value) => writer.WriteStringValue(value.ToString());
}

/// <summary>An enum is stored as its name; a stored name that the enum no longer has is skipped.</summary>
internal sealed class EnumConverter<T> : ValueConverter<T>
    where T : struct, Enum
{
    // Two names of one value each read back; which of them is written is .NET's choice.
    private static readonly FrozenDictionary<string, T> ByName =
        Enum.GetNames<T>().ToFrozenDictionary(name => name, name => Enum.Parse<T>(name));

    public override bool TryRead(ref Utf8JsonReader reader, out T value) => ByName.TryGetValue(reader.GetString(), out value);

    public override void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(value.ToString());
}

internal sealed class NullableConverter<T> : ValueConverter<T?>
    where T : struct
{
    private readonly ValueConverter<T> _inner = ValueConverter.For<T>();

    public override string EdmType => _inner.EdmType;

    public override bool TryRead(ref Utf8JsonReader reader, out T? value)
    {
        var read = _inner.TryRead(ref reader, out var inner);
        value = read ? inner : null;
        return read;
    }

    public override void Write(Utf8JsonWriter writer, T? value) => _inner.Write(writer, value.GetValueOrDefault());
}

/// <summary>A type that the table service has no place for: only its null passes.</summary>
internal sealed class UnsupportedConverter<T> : ValueConverter<T>
{
    public override bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        value = default;
        reader.Skip();
        return false;
    }

    public override void Write(Utf8JsonWriter writer, T value) =>
        throw new NotSupportedException($"Not supported type {typeof(T)}: mark the property with [IgnoreDataMember].");
}
