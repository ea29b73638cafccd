using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy;

/// <summary>The policy as it is published.</summary>
/// <param name="Version">Changes whenever anything below does.</param>
public sealed record PolicyView(string Version, ImmutableArray<RetentionRule> Rules, ImmutableArray<PolicyView.Row> DataMap)
{
    /// <param name="Place">The table or queue.</param>
    /// <param name="Kind">The kind of row in it: its key, or how that begins.</param>
    public sealed record Row(string Place, string Kind, Subject About, ImmutableArray<Property> Properties);

    /// <param name="Rules">The ids of the rules that decide how long it is kept.</param>
    public sealed record Property(string Name, DataClass Class, ImmutableArray<string> Rules);

    public static PolicyView Of(RetentionPolicy policy, string version) => new(
        version,
        policy.Rules,
        [.. policy.Map.Rows.Select(row => new Row(row.Place, row.Row, row.Subject, [.. row.Properties.Select(property => Of(policy, row, property))]))]);

    private static Property Of(RetentionPolicy policy, StoredRow row, StoredProperty property) =>
        new(property.Name, property.Class, [.. policy.RulesFor(row.Subject, property.Class).Select(rule => rule.Id)]);
}

[JsonSerializable(typeof(PolicyView))]
internal sealed partial class PolicyJson : JsonSerializerContext
{
    public static PolicyJson Web { get; } = new(Json.Strict());
}
