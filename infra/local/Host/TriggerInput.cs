using System.Collections.Immutable;

namespace Shop.Local.Host;

/// <summary>What a queue or timer trigger hands to a function.</summary>
internal abstract record TriggerInput
{
    public static readonly IReadOnlyDictionary<string, object?> NoMetadata = ImmutableDictionary<string, object?>.Empty;

    public virtual IReadOnlyDictionary<string, object?> Metadata => NoMetadata;
}
