using System.Collections.Immutable;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>One kind of row of a table, or of message on a queue.</summary>
/// <param name="Place">The table or queue.</param>
/// <param name="Row">The RowKey, or how it begins and <c>*</c>; <c>message</c> on a queue.</param>
/// <param name="Type">The type that states it.</param>
public sealed record StoredRow(string Place, string Row, Subject Subject, Type Type, ImmutableArray<StoredProperty> Properties)
{
    /// <returns>What is stored under this name: one property, or the members of the JSON in it; empty when the map has none.</returns>
    public IEnumerable<StoredProperty> Named(string name) => Properties.Where(property =>
        property.Name.EndsWith('*')
            ? name.StartsWith(property.Name[..^1], StringComparison.Ordinal)
            : property.Name.Split('.', 2)[0].TrimEnd('[', ']') == name);
}
