namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step of the pipeline, or the rest of it.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>A step around every invocation. One instance serves all of them: scoped services come from the context.</summary>
public interface IFunctionsWorkerMiddleware
{
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
