namespace Shop.Functions.Platform.Http;

/// <summary>The query members that an HTTP function takes; one without this takes none, and others are refused as others in a body are.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QueryAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Others do no harm: mail programs and sites add to a link that somebody follows, and a provider sends to the very address it was given.</summary>
    public bool TakesOthers { get; init; }
}
