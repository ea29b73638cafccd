namespace Microsoft.Azure.Functions.Worker;

/// <summary>An error of the worker itself, as opposed to one of a function.</summary>
public class FunctionWorkerException : Exception
{
    public FunctionWorkerException(string? message) : base(message)
    {
    }

    public FunctionWorkerException(string? message, Exception? innerException) : base(message, innerException)
    {
    }
}

/// <summary>A parameter could not be bound.</summary>
public class FunctionInputConverterException : FunctionWorkerException
{
    public FunctionInputConverterException(string? message) : base(message)
    {
    }

    public FunctionInputConverterException(string? message, Exception? innerException) : base(message, innerException)
    {
    }
}
