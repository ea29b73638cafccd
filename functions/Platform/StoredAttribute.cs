namespace Shop.Functions.Platform;

/// <summary>States where a type is stored and what its rows are about.</summary>
/// <param name="place">The table or queue.</param>
/// <param name="row">The RowKey, or how it begins and <c>*</c>; <c>message</c> on a queue.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoredAttribute(string place, string row, Subject subject) : Attribute
{
    public string Place { get; } = place;

    public string Row { get; } = row;

    public Subject Subject { get; } = subject;
}
