using Microsoft.Azure.Functions.Worker.Context.Features;

namespace Microsoft.Azure.Functions.Worker
{
    /// <summary>
    /// The invocation's result, for middleware. Only contexts made by the vendor's worker carry it, in a feature that is
    /// internal there too: on any other context these methods throw, here as with the vendor's package.
    /// </summary>
    public static class FunctionContextBindingFeatureExtensions
    {
        /// <exception cref="InvalidOperationException">The context carries no result, or one of another type.</exception>
        public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) =>
            Bindings(context).InvocationResult is T
                ? new BoundResult<T>(Bindings(context))
                : throw new InvalidOperationException($"The invocation's result is not of type {typeof(T)}.");

        /// <exception cref="InvalidOperationException">The context carries no result.</exception>
        public static InvocationResult GetInvocationResult(this FunctionContext context) => new BoundResult(Bindings(context));

        private static IFunctionBindingsFeature Bindings(FunctionContext context) =>
            context.Features.Get<IFunctionBindingsFeature>()
            ?? throw new InvalidOperationException($"No feature is registered with the type {typeof(IFunctionBindingsFeature)}.");

        private sealed class BoundResult(IFunctionBindingsFeature bindings) : InvocationResult
        {
            public override object? Value
            {
                get => bindings.InvocationResult;
                set => bindings.InvocationResult = value;
            }
        }

        private sealed class BoundResult<T>(IFunctionBindingsFeature bindings) : InvocationResult<T>
        {
            public override T? Value
            {
                get => (T?)bindings.InvocationResult;
                set => bindings.InvocationResult = value;
            }
        }
    }

    /// <summary>What a function returned; setting it replaces that.</summary>
    public abstract class InvocationResult<T>
    {
        public abstract T? Value { get; set; }
    }

    /// <summary>What a function returned, of whatever type.</summary>
    public abstract class InvocationResult : InvocationResult<object>
    {
    }
}

namespace Microsoft.Azure.Functions.Worker.Context.Features
{
    internal interface IFunctionBindingsFeature
    {
        object? InvocationResult { get; set; }
    }
}
