namespace Shop.Functions.Orders.Settlements;

/// <summary>Which fact it is: whose object, and of what kind. Stored and shown as text, for instance <c>capture:stripe:pi_123</c>.</summary>
public readonly record struct FactKey(FactKind Kind, string Provider, string ObjectId)
{
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Provider}:{ObjectId}";

    /// <exception cref="FormatException">The text is not a fact's key.</exception>
    public static FactKey Parse(string text) =>
        text.Split(':', 3) is [var kind, var provider, var objectId] && Enum.TryParse<FactKind>(kind, ignoreCase: true, out var known)
            ? new(known, provider, objectId)
            : throw new FormatException("This is not a fact's key.");
}
