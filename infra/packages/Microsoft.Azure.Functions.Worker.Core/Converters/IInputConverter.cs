namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Turns what a trigger brought into what a parameter asks for.</summary>
public interface IInputConverter
{
    ValueTask<ConversionResult> ConvertAsync(ConverterContext context);
}

/// <summary>One conversion to be made.</summary>
public abstract class ConverterContext
{
    public abstract Type TargetType { get; }

    public abstract object? Source { get; }

    public abstract FunctionContext FunctionContext { get; }

    public abstract IReadOnlyDictionary<string, object> Properties { get; }
}

/// <summary>How a conversion went.</summary>
public enum ConversionStatus
{
    Unhandled,
    Succeeded,
    Failed,
}

/// <summary>A conversion's outcome, with its value or its error.</summary>
public readonly struct ConversionResult
{
    private ConversionResult(ConversionStatus status, object? value = null, Exception? error = null)
    {
        Status = status;
        Value = value;
        Error = error;
    }

    public ConversionStatus Status { get; }

    public object? Value { get; }

    public Exception? Error { get; }

    public static ConversionResult Unhandled() => new(ConversionStatus.Unhandled);

    public static ConversionResult Success(object? value) => new(ConversionStatus.Succeeded, value);

    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static ConversionResult Failed(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(ConversionStatus.Failed, error: exception);
    }
}
