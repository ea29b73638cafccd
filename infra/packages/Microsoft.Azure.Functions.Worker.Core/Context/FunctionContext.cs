namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function. Whoever runs functions implements it; functions and middleware receive it.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to the invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Unique to the function and the same in every invocation of it.</summary>
    public abstract string FunctionId { get; }

    public abstract TraceContext TraceContext { get; }

    public abstract BindingContext BindingContext { get; }

    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of the invocation's own scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Whatever middleware and function have to say to each other within the invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    public abstract IInvocationFeatures Features { get; }

    /// <summary>Signalled when the invocation is to stop: the host shuts down, the caller left or the time is over.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}
