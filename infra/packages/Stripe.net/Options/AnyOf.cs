namespace Stripe;

/// <summary>A parameter that can be of several types.</summary>
public interface IAnyOf
{
    object Value { get; }
    Type Type { get; }
}

/// <inheritdoc cref="IAnyOf"/>
public abstract class AnyOf : IAnyOf
{
    public abstract object Value { get; }
    public abstract Type Type { get; }

    public override string ToString() => Value is null ? "AnyOf(null)" : Value.ToString();
}

/// <summary>A parameter of either of two types, to which both convert.</summary>
public class AnyOf<T1, T2> : AnyOf
{
    private readonly bool isFirst;
    private readonly T1 first;
    private readonly T2 second;

    public AnyOf(T1 value)
    {
        first = value;
        isFirst = true;
    }

    public AnyOf(T2 value) => second = value;

    public override object Value => isFirst ? first : second;
    public override Type Type => isFirst ? typeof(T1) : typeof(T2);

    public static implicit operator AnyOf<T1, T2>(T1 value) => value is null ? null : new AnyOf<T1, T2>(value);

    public static implicit operator AnyOf<T1, T2>(T2 value) => value is null ? null : new AnyOf<T1, T2>(value);

    /// <summary>The value, or the default if it is of the other type.</summary>
    public static implicit operator T1(AnyOf<T1, T2> anyOf) => anyOf.first;

    /// <summary>The value, or the default if it is of the other type.</summary>
    public static implicit operator T2(AnyOf<T1, T2> anyOf) => anyOf.second;
}
