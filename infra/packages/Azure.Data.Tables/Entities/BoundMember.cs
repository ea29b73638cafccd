using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>A property or field of an entity type, tied to a property of the stored row.</summary>
internal abstract class BoundMember
{
    protected BoundMember(string storedName)
    {
        var readName = storedName == nameof(ITableEntity.ETag) ? TableEntity.EtagName : storedName;
        ReadName = Encoding.UTF8.GetBytes(readName);
        // Version and time stamp are the service's: read, never sent.
        IsSent = storedName is not (nameof(ITableEntity.ETag) or nameof(ITableEntity.Timestamp));
        Name = JsonEncodedText.Encode(storedName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        Annotation = JsonEncodedText.Encode(storedName + Edm.AnnotationSuffix, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    public byte[] ReadName { get; }

    public abstract bool CanRead { get; }

    protected bool IsSent { get; }

    protected JsonEncodedText Name { get; }

    protected JsonEncodedText Annotation { get; }

    public abstract void Read(ref Utf8JsonReader reader, object entity);

    public abstract void Write(Utf8JsonWriter writer, object entity);

    public static BoundMember Create(MemberInfo member, string storedName)
    {
        var type = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
        return (BoundMember)Activator.CreateInstance(typeof(BoundMember<,>).MakeGenericType(member.DeclaringType, type), member, storedName);
    }
}

internal sealed class BoundMember<TOwner, TValue> : BoundMember
{
    private readonly ValueConverter<TValue> _converter = ValueConverter.For<TValue>();
    private readonly JsonEncodedText? _edmType;
    private readonly Func<object, TValue> _get;
    private readonly Action<object, TValue> _set;

    public BoundMember(MemberInfo member, string storedName)
        : base(storedName)
    {
        _edmType = _converter.EdmType is { } edm ? JsonEncodedText.Encode(edm) : null;
        (_get, _set) = member is PropertyInfo property ? Accessors(property) : Accessors((FieldInfo)member);
    }

    public override bool CanRead => _set is not null;

    public override void Read(ref Utf8JsonReader reader, object entity)
    {
        if (reader.TokenType == JsonTokenType.Null) _set(entity, default);
        else if (_converter.TryRead(ref reader, out var value)) _set(entity, value);
    }

    public override void Write(Utf8JsonWriter writer, object entity)
    {
        if (!IsSent || _get is null) return;
        var value = _get(entity);
        // The service has no nulls: a property that is not sent does not exist (replace) or stays (merge).
        if (_converter.IsNull(value)) return;
        if (_edmType is { } edm) writer.WriteString(Annotation, edm);
        writer.WritePropertyName(Name);
        _converter.Write(writer, value);
    }

    private static (Func<object, TValue> Get, Action<object, TValue> Set) Accessors(PropertyInfo property)
    {
        var getter = property.GetGetMethod(nonPublic: true);
        var setter = property.GetSetMethod(nonPublic: true);
        // A struct is only ever written from, and boxed: reflection is good enough there.
        if (typeof(TOwner).IsValueType)
            return (getter is null ? null : o => (TValue)property.GetValue(o), setter is null ? null : (o, v) => property.SetValue(o, v));
        var get = getter?.CreateDelegate<Func<TOwner, TValue>>();
        var set = setter?.CreateDelegate<Action<TOwner, TValue>>();
        return (get is null ? null : o => get((TOwner)o), set is null ? null : (o, v) => set((TOwner)o, v));
    }

    private static (Func<object, TValue> Get, Action<object, TValue> Set) Accessors(FieldInfo field) =>
        (o => (TValue)field.GetValue(o), field.IsInitOnly ? null : (o, v) => field.SetValue(o, v));
}
