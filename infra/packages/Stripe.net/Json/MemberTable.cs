using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stripe.Json;

/// <summary>
/// The members of an entity, found by their JSON name in UTF-8 without making a string of it. A member's JSON name is
/// its own in snake_case; the internal ones, which hold expandable references, drop their prefix first.
/// </summary>
internal sealed class MemberTable<T>
    where T : StripeEntity
{
    private const string InternalPrefix = "Internal";
    private readonly Member<T>[] buckets;

    public MemberTable()
    {
        All = typeof(T)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(p => p.CanWrite && p.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })
            .Select(Describe)
            .ToArray();
        KeepsSource = !typeof(T).IsGenericType
            && typeof(T) != typeof(Address)
            && typeof(T) != typeof(Shipping)
            && typeof(T) != typeof(StripeError);
        buckets = new Member<T>[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)All.Length * 2 + 1)];
        foreach (var member in All)
        {
            ref var bucket = ref buckets[Hash(member.Utf8Name) & (buckets.Length - 1)];
            member.Next = bucket;
            bucket = member;
        }
    }

    public Member<T>[] All { get; }

    /// <summary>Whether entities of this class remember their JSON. A page of a list and a few others do not, as with the vendor.</summary>
    public bool KeepsSource { get; }

    /// <summary>The member that the reader's property name stands for, or null.</summary>
    public Member<T> Find(ref Utf8JsonReader reader)
    {
        var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()) : reader.ValueSpan;
        var member = buckets[Hash(name) & (buckets.Length - 1)];
        while (member is not null && !name.SequenceEqual(member.Utf8Name))
        {
            member = member.Next;
        }

        return member;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = name.Length;
        foreach (var b in name)
        {
            hash = (hash * 31) + b;
        }

        return hash;
    }

    private static Member<T> Describe(PropertyInfo property)
    {
        var isPublic = property.GetMethod.IsPublic;
        var name = isPublic ? property.Name : property.Name[InternalPrefix.Length..];
        var json = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
            ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        var isText = property.GetCustomAttribute<JsonNumberHandlingAttribute>() is not null;
        return (Member<T>)Activator.CreateInstance(
            typeof(Member<,>).MakeGenericType(typeof(T), property.PropertyType),
            json,
            property,
            isText ? DecimalCodec.TextOrNull : null);
    }
}

/// <summary>One member of an entity.</summary>
internal abstract class Member<T>(string name)
    where T : StripeEntity
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    public Member<T> Next { get; set; }

    public abstract void Read(T entity, ref Utf8JsonReader reader, byte[] source);

    public abstract void Write(T entity, Utf8JsonWriter writer);
}

/// <inheritdoc/>
internal sealed class Member<T, TValue>(string name, PropertyInfo property, Codec<TValue> codec) : Member<T>(name)
    where T : StripeEntity
{
    private readonly Func<T, TValue> get = property.GetMethod.CreateDelegate<Func<T, TValue>>();
    private readonly Action<T, TValue> set = property.SetMethod.CreateDelegate<Action<T, TValue>>();
    private readonly JsonEncodedText encodedName = JsonEncodedText.Encode(name);
    private readonly bool omitsNull = property.GetCustomAttribute<JsonIgnoreAttribute>() is not null;

    // Found late, because entities refer to each other in circles.
    private Codec<TValue> codec = codec;

    private Codec<TValue> Codec => codec ??= Json.Codec.For<TValue>();

    public override void Read(T entity, ref Utf8JsonReader reader, byte[] source) =>
        set(entity, Codec.Read(ref reader, source));

    public override void Write(T entity, Utf8JsonWriter writer)
    {
        var value = get(entity);
        if (value is not null || !omitsNull)
        {
            writer.WritePropertyName(encodedName);
            Codec.Write(writer, value);
        }
    }
}
