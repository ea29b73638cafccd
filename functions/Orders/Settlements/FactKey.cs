using System.Collections.Frozen;

namespace Shop.Functions.Orders.Settlements;

/// <summary>Which fact it is: whose object, and of what kind. Stored and shown as text, for instance <c>capture:stripe:pi_123</c>.</summary>
public readonly record struct FactKey(FactKind Kind, string Provider, string ObjectId)
{
    /// <summary>Written for every comparison of a fact with what is about it.</summary>
    private static readonly FrozenDictionary<FactKind, string> Names = Enum.GetValues<FactKind>().ToFrozenDictionary(kind => kind, kind => kind.ToString().ToLowerInvariant());

    public override string ToString() => $"{Names[Kind]}:{Provider}:{ObjectId}";

    /// <exception cref="FormatException">The text is not a fact's key.</exception>
    public static FactKey Parse(string text) =>
        text.Split(':', 3) is [var kind, var provider, var objectId] && Enum.TryParse<FactKind>(kind, ignoreCase: true, out var known)
            ? new(known, provider, objectId)
            : throw new FormatException("This is not a fact's key.");
}
