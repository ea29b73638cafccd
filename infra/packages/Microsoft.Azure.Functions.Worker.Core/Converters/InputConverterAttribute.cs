namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Names the converter for a parameter, or for every parameter of a type.</summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Struct,
    AllowMultiple = true)]
public class InputConverterAttribute : Attribute
{
    /// <exception cref="ArgumentNullException"><paramref name="converterType"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The type is not an <see cref="IInputConverter"/>.</exception>
    public InputConverterAttribute(Type converterType)
    {
        ArgumentNullException.ThrowIfNull(converterType);
        if (!typeof(IInputConverter).IsAssignableFrom(converterType))
        {
            throw new InvalidOperationException($"{converterType.Name} is no {nameof(IInputConverter)}.");
        }

        ConverterType = converterType;
    }

    public Type ConverterType { get; }
}

/// <summary>Whether the built-in converters are tried after a binding's own.</summary>
public enum ConverterFallbackBehavior
{
    Allow = 0,
    Disallow = 1,
    Default = Allow,
}

/// <summary>Says it for a binding attribute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConverterFallbackBehaviorAttribute : Attribute
{
    public ConverterFallbackBehaviorAttribute(ConverterFallbackBehavior fallbackBehavior) => Behavior = fallbackBehavior;

    public ConverterFallbackBehavior Behavior { get; }
}
