using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities;

/// <summary>Reads and writes entities of one type; built once per type from its public properties and fields.</summary>
internal sealed class EntityBinder
{
    private static readonly ConcurrentDictionary<Type, EntityBinder> Binders = new();

    private readonly BoundMember[] _members;

    private EntityBinder(Type type) => _members = [.. MembersOf(type)];

    public static EntityBinder Of(Type type) => Binders.GetOrAdd(type, static t => new EntityBinder(t));

    public void Write(Utf8JsonWriter writer, object entity)
    {
        foreach (var member in _members) member.Write(writer, entity);
    }

    /// <summary>Fills an entity from the object at which the reader stands, and leaves the reader at its end.</summary>
    public void Read(ref Utf8JsonReader reader, object entity)
    {
        // Rows mostly come in the order in which the members stand, so the search starts after the last hit.
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = reader.ValueSpan.EndsWith("@odata.type"u8) ? -1 : IndexOf(ref reader, next);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }
            _members[index].Read(ref reader, entity);
            next = index + 1;
        }
    }

    private int IndexOf(ref Utf8JsonReader reader, int start)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            var index = start + i;
            if (index >= _members.Length) index -= _members.Length;
            if (_members[index].CanRead && reader.ValueTextEquals(_members[index].ReadName)) return index;
        }
        return -1;
    }

    private static IEnumerable<BoundMember> MembersOf(Type type)
    {
        var interfaceNames = typeof(ITableEntity).GetProperties().Select(property => property.Name).ToHashSet();
        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member is not (FieldInfo or PropertyInfo)) continue;
            if (member is PropertyInfo property && property.GetIndexParameters().Length > 0) continue;
            interfaceNames.Remove(member.Name);
            if (member.IsDefined(typeof(IgnoreDataMemberAttribute))) continue;
            yield return BoundMember.Create(member, member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name);
        }
        // What is left is implemented explicitly and reached through the interface.
        foreach (var name in interfaceNames)
            yield return BoundMember.Create(typeof(ITableEntity).GetProperty(name), name);
    }
}
