namespace Shop.Functions.Platform;

/// <summary>States the data class of a stored property, next to the property.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DataClassAttribute(DataClass dataClass) : Attribute
{
    public DataClass DataClass { get; } = dataClass;

    /// <summary>What the JSON in this property is. Its members hold this property's class unless they state another.</summary>
    public Type? JsonOf { get; init; }

    /// <summary>As <see cref="JsonOf"/>, where the JSON is an array of it.</summary>
    public Type? ListOf { get; init; }

    /// <summary>The name it is stored under, where that is not the property's own; a <c>*</c> at the end stands for anything.</summary>
    public string? Name { get; init; }
}
